import { sql, type SQL } from 'drizzle-orm';
import { segmentsOf, type ConversationChange, type Segment } from './batch.ts';
import type { Transaction } from './database.ts';
import type { HistoryRecord, MessageRecord, NotesRecord } from './record.ts';
import { indexedWords } from './words.ts';

/**
 * Writes records, in their order where it matters. Writing them again changes nothing: messages are
 * known by the time and the key of their event or step, and all else only ever grows.
 *
 * @throws {HistoryError} of kind `refused` when one of them can never be written.
 */
export async function writeRecords(
  transaction: Transaction,
  records: readonly HistoryRecord[],
): Promise<void> {
  for (const segment of segmentsOf(records)) await writeSegment(transaction, segment);
}

async function writeSegment(transaction: Transaction, segment: Segment): Promise<void> {
  const { messages, conversations, echoes, receipts, unsent, notes, forgotten } = segment;
  if (messages.length > 0) await transaction.rows(insertMessages(messages));
  if (conversations.length > 0) await transaction.rows(upsertConversations(conversations));
  if (echoes.length > 0) {
    const [steps, mids] = [echoes.map(({ step }) => step), echoes.map(({ mid }) => mid)];
    await transaction.rows(sql`
      update bot_history.messages m
      set state = case when m.state = 'failed' then 'sent' else m.state end,
        mid = coalesce(nullif(e.mid, ''), m.mid), error = null
      from unnest(${sql.param(steps)}::text[], ${sql.param(mids)}::text[]) e(step, mid)
      where m.key = e.step and m.step is not null and (m.state = 'failed' or m.mid is null)`);
  }
  for (const { pageId, psid, mids, state } of receipts) {
    await transaction.rows(sql`
      update bot_history.messages set state = ${state}
      where page_id = ${pageId} and psid = ${psid} and mid = any(${sql.param(mids)}::text[])
        and direction <> 'in' and state in ('sent', 'delivered')`);
  }
  for (const { pageId, psid, mid } of unsent) {
    await transaction.rows(sql`
      update bot_history.messages set text = null, payload = null, words = ''
      where page_id = ${pageId} and psid = ${psid} and mid = ${mid}`);
  }
  if (notes.length > 0) {
    const column = (of: (record: NotesRecord) => string | number): SQL =>
      sql`${sql.param(notes.map((record) => of(record)))}`;
    await transaction.rows(sql`
      update bot_history.messages m set notes = n.notes::jsonb
      from unnest(${column(({ at }) => at)}::bigint[], ${column(({ key }) => key)}::text[],
        ${column((record) => record.notes)}::text[]) n(at, key, notes)
      where m.at = to_timestamp(n.at / 1000.0) and m.key = n.key`);
  }
  for (const { pageId, psid } of forgotten) {
    for (const table of ['messages', 'conversations']) {
      await transaction.rows(sql`
        delete from bot_history.${sql.identifier(table)}
        where page_id = ${pageId} and psid = ${psid}`);
    }
  }
}

/** One array a column: a statement of the same text whatever their number. */
function insertMessages(messages: readonly MessageRecord[]): SQL {
  const column = (of: (message: MessageRecord) => string | number | undefined): SQL =>
    sql`${sql.param(messages.map((message) => of(message) ?? null))}`;
  return sql`
    insert into bot_history.messages as m (at, key, page_id, psid, direction, kind, mid, text, payload,
      step, state, sent_at, error, words)
    select to_timestamp(at / 1000.0), key, page_id, psid, direction, kind, mid, text, payload::jsonb,
      step, state, to_timestamp(sent_at / 1000.0), error,
      array_to_tsvector(string_to_array(words, ' '))
    from unnest(
      ${column(({ at }) => at)}::bigint[], ${column(({ key }) => key)}::text[],
      ${column(({ pageId }) => pageId)}::text[], ${column(({ psid }) => psid)}::text[],
      ${column(({ direction }) => direction)}::text[], ${column(({ type }) => type)}::text[],
      ${column(({ mid }) => mid)}::text[], ${column(({ text }) => text)}::text[],
      ${column(({ payload }) => payload)}::text[], ${column(({ step }) => step)}::text[],
      ${column(({ state }) => state)}::text[], ${column(({ sentAt }) => sentAt)}::bigint[],
      ${column(({ error }) => error)}::text[], ${column(({ text = '' }) => indexedWords(text))}::text[]
    ) r(at, key, page_id, psid, direction, kind, mid, text, payload, step, state, sent_at, error, words)
    on conflict (at, key) do update
    set state = excluded.state, mid = excluded.mid, sent_at = excluded.sent_at, error = null
    where m.state = 'failed' and excluded.state = 'sent'`;
}

function upsertConversations(changes: readonly ConversationChange[]): SQL {
  const column = (of: (change: ConversationChange) => string | number | undefined): SQL =>
    sql`${sql.param(changes.map((change) => of(change) ?? null))}`;
  const time = (name: string): SQL => sql`to_timestamp(${sql.raw(name)} / 1000.0)`;
  return sql`
    insert into bot_history.conversations as c (page_id, psid, first_seen, last_seen, bot_at,
      human_since, delivered_until, read_until)
    select page_id, psid, ${time('first_seen')}, ${time('last_seen')}, ${time('bot_at')},
      ${time('human_since')}, ${time('delivered_until')}, ${time('read_until')}
    from unnest(
      ${column(({ pageId }) => pageId)}::text[], ${column(({ psid }) => psid)}::text[],
      ${column(({ firstSeen }) => firstSeen)}::bigint[],
      ${column(({ lastSeen }) => lastSeen)}::bigint[], ${column(({ botAt }) => botAt)}::bigint[],
      ${column(({ humanAt }) => humanAt)}::bigint[],
      ${column(({ deliveredUntil }) => deliveredUntil)}::bigint[],
      ${column(({ readUntil }) => readUntil)}::bigint[]
    ) r(page_id, psid, first_seen, last_seen, bot_at, human_since, delivered_until, read_until)
    on conflict (page_id, psid) do update
    set first_seen = least(c.first_seen, excluded.first_seen),
      last_seen = greatest(c.last_seen, excluded.last_seen),
      bot_at = greatest(c.bot_at, excluded.bot_at),
      human_since = least(
        case when c.human_since > coalesce(excluded.bot_at, '-infinity') then c.human_since end,
        case when excluded.human_since > coalesce(c.bot_at, '-infinity')
          then excluded.human_since end),
      delivered_until = greatest(c.delivered_until, excluded.delivered_until),
      read_until = greatest(c.read_until, excluded.read_until)`;
}
