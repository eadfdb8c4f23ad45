import { sql, type SQL } from 'drizzle-orm';
import type { Row } from './database.ts';
import type { Place } from './cursor.ts';

/** Something that was said or done, as it is kept. */
export interface HistoryMessage {
  /** Numbers it among all that is kept. */
  readonly id: string;
  readonly pageId: string;
  readonly psid: string;
  /** By the person, by the bot (or another app), or by a human in the Page's name. */
  readonly direction: 'in' | 'out' | 'human';
  /** The event's type, such as `text`; of a reply `text`, or what it is instead. */
  readonly kind: string;
  /** When it happened, in ms since 1970; of a reply, when that happened which it answers. */
  readonly at: number;
  /** When a reply was sent. */
  readonly sentAt?: number;
  readonly mid?: string;
  readonly text?: string;
  /** All else that is known of it. */
  readonly payload?: unknown;
  /** The reply's step. */
  readonly step?: string;
  readonly state: 'received' | 'sent' | 'delivered' | 'read' | 'failed';
  /** Why a reply was not sent: `window-closed` and so on, or the kind and code of Graph's error. */
  readonly error?: string;
  /** What the turn of an event came to: see `TurnNote` of `@bot/handlers`. */
  readonly notes?: readonly object[];
}

const ms = (column: SQL): SQL => sql`(extract(epoch from ${column}) * 1000)::float8`;

/**
 * A message's columns: of `m`, with its conversation `c`. Receipts tell up to when all arrived, so
 * that is kept once for a conversation.
 */
export const messageColumns: SQL = sql`
  m.id::text as id, m.page_id as "pageId", m.psid, m.direction, m.kind, ${ms(sql`m.at`)} as at,
  ${ms(sql`m.sent_at`)} as "sentAt", m.mid, m.text, m.payload, m.step, m.error, m.notes,
  case
    when m.state in ('sent', 'delivered') and c.read_until >= m.sent_at then 'read'
    when m.state = 'sent' and c.delivered_until >= m.sent_at then 'delivered'
    else m.state
  end as state`;

/** Where messages are, as {@link messageColumns} needs them. */
export const messageTables: SQL = sql`
  bot_history.messages m
  left join bot_history.conversations c on c.page_id = m.page_id and c.psid = m.psid`;

/** What was said, and not what else happened. */
export const wasSaid: SQL = sql`
  (m.direction <> 'in' or m.kind in ('text', 'attachments', 'postback', 'order'))`;

/** A row without what it does not have. */
export function toMessage<Found extends HistoryMessage & Row>(row: Found): Found {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Found;
}

/** Before a place, by time and number. */
export function before({ at, id }: Place): SQL {
  return sql`(m.at, m.id) < (to_timestamp(${at}::float8 / 1000.0), ${id}::bigint)`;
}
