import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { PagesError, parsePages, type PageSettings } from './page-settings.ts';

/** The Pages of a file, for as long as it is open. */
export interface PagesFile {
  get(pageId: string): PageSettings | undefined;
  list(): readonly { readonly pageId: string; readonly settings: PageSettings }[];
  close(): void;
}

/** Who is told of changes. */
export interface PagesFileListener {
  /** The file changed, and holds from now on; how many Pages it has. */
  readonly onChange: (pages: number) => void;
  /** The file changed and is not taken; why. Those of before hold. */
  readonly onProblem: (reason: string) => void;
}

interface PagesFileOptions extends PagesFileListener {
  readonly path: string;
  /** How often it is looked at, in milliseconds. Default 1,000. */
  readonly intervalMs?: number;
}

const INTERVAL_MS = 1_000;

/**
 * Reads a file of Pages and takes it anew whenever it changes, also when it is replaced or a link to
 * it is turned elsewhere, as Kubernetes does it. It is looked at, not listened to: notifications are
 * lost in both of these cases.
 *
 * @throws {PagesError} when it cannot be read or is wrong now.
 *
 * @example
 * const pages = openPagesFile({ path: '/run/pages.json', onChange: log, onProblem: log });
 * pages.get('100000000000001')?.accessToken;
 */
export function openPagesFile(options: PagesFileOptions): PagesFile {
  const { path, onChange, onProblem, intervalMs = INTERVAL_MS } = options;
  let pages = readPagesFile(path);

  function look(): void {
    try {
      const read = readPagesFile(path);
      if (isDeepStrictEqual(read, pages)) return;
      // Who has the settings of a Page sees by their identity whether they changed.
      pages = new Map([...read].map(([id, settings]) => [id, keptOr(settings, pages.get(id))]));
      onChange(pages.size);
    } catch (error) {
      if (!(error instanceof PagesError)) throw error;
      onProblem(error.message);
    }
  }

  watchFile(path, { interval: intervalMs, persistent: false }, look);
  return {
    get: (pageId) => pages.get(pageId),
    list: () => [...pages].map(([pageId, settings]) => ({ pageId, settings })),
    close: () => unwatchFile(path, look),
  };
}

function keptOr(settings: PageSettings, before: PageSettings | undefined): PageSettings {
  return before !== undefined && isDeepStrictEqual(settings, before) ? before : settings;
}

/** @throws {PagesError} that names the file. */
export function readPagesFile(path: string): ReadonlyMap<string, PageSettings> {
  try {
    return parsePages(textOf(path));
  } catch (error) {
    if (!(error instanceof PagesError)) throw error;
    throw new PagesError(`The file of Pages, ${path}: ${error.message}`, { cause: error });
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new PagesError(`cannot be read (${code})`, { cause: error });
  }
}
