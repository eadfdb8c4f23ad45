import { openPagesFile, type PagesFileListener, readPagesFile } from './pages-file.ts';
import type { PageSettings } from './page-settings.ts';

/** The Pages as they are now. */
export interface PageBook {
  /** Undefined for a Page that nobody listed. The same object for as long as nothing changed. */
  get(pageId: string): PageSettings | undefined;
  close(): void;
}

/** Where Pages come from: one token for whatever Page the webhook is told of, or a file. */
export type PagesSource = { readonly accessToken: string } | { readonly file: string };

/** @throws {PagesError} when the file cannot be read or is wrong now. */
export function openPages(source: PagesSource, listener: PagesFileListener): PageBook {
  if ('file' in source) return openPagesFile({ path: source.file, ...listener });
  const { accessToken } = source;
  const settings = { accessToken };
  return { get: () => settings, close: () => {} };
}

/** All Pages of a source as they are now; that of a single token without its id. */
export function listPages(
  source: PagesSource,
): readonly (PageSettings & { readonly pageId?: string })[] {
  if ('accessToken' in source) return [source];
  return [...readPagesFile(source.file)].map(([pageId, settings]) =>
    Object.assign({ pageId }, settings),
  );
}
