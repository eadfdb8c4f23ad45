import { openPagesFile, type PagesFileListener, readPagesFile } from './pages-file.ts';
import type { PageSettings } from './page-settings.ts';

/** A Page and how it was set up. */
export interface ListedPage {
  /** Absent for a single token: it is of whichever Page Graph says. */
  readonly pageId?: string;
  readonly settings: PageSettings;
}

/** The Pages as they are now. */
export interface PageBook {
  /** Undefined for a Page that nobody listed. The same object for as long as nothing changed. */
  get(pageId: string): PageSettings | undefined;
  /** All of them; that of a single token without its id. */
  list(): readonly ListedPage[];
  close(): void;
}

/** Where Pages come from: one token for whatever Page the webhook is told of, or a file. */
export type PagesSource = { readonly accessToken: string } | { readonly file: string };

/** What is wrong with what the environment says of a source; for whoever reads it. */
export function pagesSourceRule(named: {
  readonly accessToken: string;
  readonly file: string | undefined;
}): string | undefined {
  const isToken = named.accessToken !== '';
  if (isToken !== (named.file !== undefined)) return undefined;
  return isToken
    ? 'PAGES_FILE must not be set beside PAGE_ACCESS_TOKEN: choose one.'
    : 'PAGE_ACCESS_TOKEN is missing. It is the token of your Page: Messenger > API setup > Generate access tokens. For several Pages set PAGES_FILE.';
}

/** @throws {PagesError} when the file cannot be read or is wrong now. */
export function openPages(source: PagesSource, listener: PagesFileListener): PageBook {
  if ('file' in source) return openPagesFile({ path: source.file, ...listener });
  const { accessToken } = source;
  const settings = { accessToken };
  return { get: () => settings, list: () => [{ settings }], close: () => {} };
}

/** All Pages of a source as they are now; that of a single token without its id. */
export function listPages(source: PagesSource): readonly ListedPage[] {
  if ('accessToken' in source) return [{ settings: source }];
  return [...readPagesFile(source.file)].map(([pageId, settings]) => ({ pageId, settings }));
}
