import { sql, type SQL } from 'drizzle-orm';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Row, Statements } from './database.ts';
import {
  before,
  messageColumns,
  messageTables,
  toMessage,
  type HistoryMessage,
} from './message.ts';
import { assertCount } from './reading.ts';
import { withoutAccents, wordsOf } from './words.ts';

/** Where and how is searched. */
export interface SearchOptions {
  /** One Page. Default: all. */
  readonly pageId?: string;
  /** One person; needs the Page. Default: all. */
  readonly psid?: string;
  /** What an answer before called `next`. */
  readonly cursor?: string;
  /** Hits in one answer, 1 to 200. Default 20. */
  readonly most?: number;
}

/** What was found: first what has the words with the accents of the query, then the rest, the newest first. */
export interface FoundHits {
  readonly kind: 'found';
  readonly hits: readonly HistoryHit[];
  /** Asks for more; absent when there is none. */
  readonly next?: string;
}

/** A message that was found. */
export interface HistoryHit extends HistoryMessage {
  /** It has the words as they were written, accents and all. */
  readonly isExact: boolean;
}

/** Finds messages that have all words of a text, whatever their accents and case. */
export async function searchMessages(
  database: Statements,
  text: string,
  { pageId, psid, cursor, most = 20 }: SearchOptions,
): Promise<FoundHits> {
  assertCount(most, 200);
  const words = wordsOf(text);
  const place = cursor === undefined ? undefined : decodeCursor(cursor);
  if (words.length === 0) return { kind: 'found', hits: [] };
  const isExact = sql`m.words @@ ${queryOf(words)}::tsquery`;
  const conditions = [
    sql`m.words @@ ${queryOf(words.map(withoutAccents))}::tsquery`,
    ...(pageId === undefined ? [] : [sql`m.page_id = ${pageId}`]),
    ...(psid === undefined ? [] : [sql`m.psid = ${psid}`]),
    ...(place === undefined ? [] : [behind(isExact, place)]),
  ];
  const rows = await database.rows<HistoryHit & Row>(sql`
    select ${messageColumns}, ${isExact} as "isExact" from ${messageTables}
    where ${sql.join(conditions, sql` and `)}
    order by ${isExact} desc, m.at desc, m.id desc limit ${most + 1}`);
  const hits = rows.slice(0, most).map(toMessage);
  const last = hits.at(-1);
  const hasMore = rows.length > most && last !== undefined;
  return {
    kind: 'found',
    hits,
    ...(hasMore && { next: encodeCursor({ ...last, exact: last.isExact }) }),
  };
}

/** Words have letters and digits only, so the quotes need no care. */
const queryOf = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' & ');

function behind(isExact: SQL, place: { at: number; id: string; exact?: boolean }): SQL {
  return place.exact === true
    ? sql`(not ${isExact} or ${before(place)})`
    : sql`(not ${isExact} and ${before(place)})`;
}
