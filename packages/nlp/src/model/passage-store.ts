import { hash } from 'node:crypto';
import { sectionsOf } from './markdown.ts';
import type { Passage, Passages } from './passages.ts';
import { foundPassages, loadPassages, preparePassages } from './passage-queries.ts';
import { wordsOf } from './words.ts';

/** What the store needs of PostgreSQL; a `pg.Pool` fits, and so does PGlite. */
export interface PassageDatabase {
  /** Runs one statement; `$1` and so on stand for the parameters. */
  query(text: string, parameters: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** Where passages are kept. */
export interface PassageStoreOptions {
  /** Not closed by the store. */
  readonly database: PassageDatabase;
  /** Lower-case letters, digits and underscores. Default `bot_passages`. */
  readonly table?: string;
}

/** A document in Markdown. */
export interface MarkdownFile {
  /** Its path in the folder, with `/`; it becomes part of its passages' ids. */
  readonly file: string;
  readonly text: string;
}

/** Files of which a load changed the passages. */
export interface LoadedFiles {
  readonly added: readonly string[];
  readonly replaced: readonly string[];
  readonly removed: readonly string[];
}

/** Passages in PostgreSQL. */
export interface PassageStore extends Passages {
  /** Makes the table and its index, if they are not there; by several processes at once, too. */
  prepare(): Promise<void>;
  /**
   * Makes the files given all that can be found. It is one statement: who searches meanwhile sees
   * all of the old or all of the new. Files that did not change are left alone.
   */
  load(files: readonly MarkdownFile[]): Promise<LoadedFiles>;
}

/** Part of each file's hash: a new way to cut or fold makes all passages anew. */
const FORMAT = '1';

/** Words of a question that are looked for; a longer one says enough with its first. */
const MOST_WORDS = 48;

/**
 * Keeps documents as passages in PostgreSQL and finds them by its full text search, with and without
 * accents: "doi tra" finds "đổi trả". Rare words and words that stand side by side count for more.
 *
 * @throws {RangeError} for a table's name that is none.
 *
 * @example
 * const passages = createPassages({ database: new Pool({ connectionString }) });
 * await passages.prepare();
 * await passages.load(await readMarkdown('./documents'));
 */
export function createPassages(options: PassageStoreOptions): PassageStore {
  const { database, table = 'bot_passages' } = options;
  if (!/^[a-z_][a-z0-9_]{0,50}$/.test(table)) {
    throw new RangeError('table must be lower-case letters, digits and underscores.');
  }

  async function hashes(): Promise<ReadonlyMap<string, string>> {
    const { rows } = await database.query(`select distinct file, hash from ${table}`, []);
    return new Map((rows as FileHash[]).map(({ file, hash: held }) => [file, held]));
  }

  return {
    async prepare() {
      await database.query(preparePassages(table), []);
    },
    async load(files) {
      const before = await hashes();
      const now = files.map(({ file, text }) => ({ file, hash: hashOf(text), text }));
      const changed = now.filter((each) => before.get(each.file) !== each.hash);
      const names = new Set(files.map(({ file }) => file));
      const removed = [...before.keys()].filter((file) => !names.has(file));
      if (changed.length > 0 || removed.length > 0) {
        const kept = now.map(({ file, hash: held }): FileHash => ({ file, hash: held }));
        await database.query(loadPassages(table), [
          JSON.stringify(kept),
          JSON.stringify(changed.flatMap(rowsOf)),
        ]);
      }
      const of = (isOld: boolean): string[] =>
        changed.map(({ file }) => file).filter((file) => before.has(file) === isOld);
      return { added: of(false), replaced: of(true), removed };
    },
    async search(query, { limit, signal }) {
      const terms = termsOf(query);
      if (terms.length === 0) return [];
      signal.throwIfAborted();
      const { rows } = await database.query(foundPassages(table), [JSON.stringify(terms), limit]);
      return (rows as FoundRow[]).map(({ file, position, headings, text }): Passage => ({
        id: `${file}#${position}`,
        headings,
        text,
      }));
    },
  };
}

interface FileHash {
  readonly file: string;
  readonly hash: string;
}

interface FoundRow extends Pick<Passage, 'headings' | 'text'> {
  readonly file: string;
  readonly position: number;
}

const hashOf = (text: string): string => hash('sha256', `${FORMAT}\n${text}`, 'hex');

/** Passages as {@link loadPassages} takes them; words without accents, for the search alone. */
function rowsOf({ file, hash: held, text }: FileHash & MarkdownFile): object[] {
  const folded = (part: string): string => wordsOf(part).join(' ');
  return sectionsOf(text).map((section, index) => ({
    file,
    hash: held,
    position: index + 1,
    headings: section.headings,
    text: section.text,
    own_heading: folded(section.headings.at(-1) ?? ''),
    other_headings: folded(section.headings.slice(0, -1).join(' ')),
    words: folded(section.text),
  }));
}

/** Each word, and each two that follow one another, as PostgreSQL's search wants them. */
function termsOf(query: string): string[] {
  const words = wordsOf(query).slice(0, MOST_WORDS);
  const pairs = words.slice(1).map((word, index) => `'${words[index]}' <-> '${word}'`);
  return [...new Set([...words.map((word) => `'${word}'`), ...pairs])];
}
