import { sql, type SQL } from 'drizzle-orm';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Row, Statements } from './database.ts';
import {
  before,
  messageColumns,
  messageTables,
  toMessage,
  wasSaid,
  type HistoryMessage,
} from './message.ts';
import type { Person } from './person.ts';
import { assertCount, type Reading, type Unavailable } from './reading.ts';

/** Messages, the oldest first. */
export interface FoundMessages {
  readonly kind: 'found';
  readonly messages: readonly HistoryMessage[];
  /** Asks for the ones before; absent when there are none. */
  readonly older?: string;
}

/** How messages are looked for. */
export interface LastOptions {
  /** What an answer before called `older`. */
  readonly before?: string;
  /** Also events that are no messages, such as reactions and timers. Default false. */
  readonly everything?: boolean;
  /** An event that does not count, with the replies to it: the one that is being handled. */
  readonly except?: string;
}

/** What is known of a conversation itself; times in ms since 1970. */
export interface FoundConversation {
  readonly kind: 'found';
  readonly firstSeen?: number;
  /** When the person last did something. */
  readonly lastSeen?: number;
  /** Since when humans answer; absent while the bot does. */
  readonly humanSince?: number;
}

/** A conversation's history. */
export interface ConversationHistory {
  /**
   * The last messages, at most 1,000.
   *
   * @throws {HistoryError} of kind `input` for a number or a cursor that cannot be.
   */
  last(most: number, options?: LastOptions): Promise<FoundMessages | Unavailable>;
  /** What was said since a human took over; nothing while the bot answers. At most 1,000, the last. */
  sinceTakeover(): Promise<FoundMessages | Unavailable>;
  /** When the person was first and last seen; without times for somebody who is unknown. */
  lastSeen(): Promise<FoundConversation | Unavailable>;
}

const MOST = 1_000;

export function openConversation(
  { pageId, psid }: Person,
  { database, reading }: { readonly database: Statements; readonly reading: Reading },
): ConversationHistory {
  const isOurs = sql`m.page_id = ${pageId} and m.psid = ${psid}`;

  async function find(conditions: readonly SQL[], most: number): Promise<FoundMessages> {
    const rows = await database.rows<HistoryMessage & Row>(sql`
      select ${messageColumns} from ${messageTables}
      where ${sql.join([isOurs, ...conditions], sql` and `)}
      order by m.at desc, m.id desc limit ${most + 1}`);
    const messages = rows.slice(0, most).map(toMessage).toReversed();
    const [oldest] = messages;
    const hasMore = rows.length > most && oldest !== undefined;
    return { kind: 'found', messages, ...(hasMore && { older: encodeCursor(oldest) }) };
  }

  return {
    async last(most, { before: cursor, everything = false, except } = {}) {
      assertCount(most, MOST);
      const conditions = [
        ...(cursor === undefined ? [] : [before(decodeCursor(cursor))]),
        ...(everything ? [] : [wasSaid]),
        ...(except === undefined
          ? []
          : [sql`m.key <> ${except} and not starts_with(m.key, ${`${except}/`})`]),
      ];
      return reading(() => find(conditions, most));
    },
    sinceTakeover: () => reading(() => find([wasSaid, sql`m.at >= c.human_since`], MOST)),
    lastSeen: () =>
      reading(async () => {
        const [row] = await database.rows<Partial<FoundConversation> & Row>(sql`
          select (extract(epoch from first_seen) * 1000)::float8 as "firstSeen",
            (extract(epoch from last_seen) * 1000)::float8 as "lastSeen",
            (extract(epoch from human_since) * 1000)::float8 as "humanSince"
          from bot_history.conversations where page_id = ${pageId} and psid = ${psid}`);
        const known = Object.entries(row ?? {}).filter(([, value]) => value !== null);
        return { kind: 'found', ...Object.fromEntries(known) };
      }),
  };
}
