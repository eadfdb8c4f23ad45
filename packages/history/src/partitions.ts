import { sql } from 'drizzle-orm';
import type { Transaction } from './database.ts';

/** A month, counted from the year 0: 2026-11 is 2026 * 12 + 10. */
export type Month = number;

export function monthOf(ms: number): Month {
  const date = new Date(ms);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** One lock of all that add and drop partitions: any number that nobody else uses. */
const LOCK = 7_115_020_927;
const NAME = /^messages_(\d{4})_(\d{2})$/;

function nameOf(month: Month): string {
  const [year, number] = [Math.floor(month / 12), (month % 12) + 1];
  return `messages_${String(year).padStart(4, '0')}_${String(number).padStart(2, '0')}`;
}

const startOf = (month: Month): string =>
  new Date(Date.UTC(Math.floor(month / 12), month % 12)).toISOString();

/** Which months have partitions. */
export interface Kept {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Full months that are kept beside this one. */
  readonly keepMonths: number;
}

const oldestOf = ({ now, keepMonths }: Kept): Month => monthOf(now) - keepMonths;

/** Whether a month has a partition of its own; what lies outside are rather times that are wrong. */
export function hasPartition(month: Month, kept: Kept): boolean {
  return month >= oldestOf(kept) && month <= monthOf(kept.now) + 1;
}

/**
 * Makes the partitions of this month, of the next, and of those that are about to be written to, as
 * far as they have some of their own.
 */
export async function addPartitions(
  transaction: Transaction,
  { months, ...kept }: Kept & { readonly months: Iterable<Month> },
): Promise<void> {
  const existing = await lockPartitions(transaction);
  const wanted = new Set([monthOf(kept.now), monthOf(kept.now) + 1, ...months]);
  for (const month of wanted) {
    if (hasPartition(month, kept) && !existing.has(nameOf(month))) {
      await addPartition(transaction, month);
    }
  }
}

/**
 * Drops the partitions of months that are older than what is kept, and answers their names. What lies
 * in the default partition is kept as long, counted from when it was written.
 */
export async function dropPartitions(transaction: Transaction, kept: Kept): Promise<string[]> {
  const existing = await lockPartitions(transaction);
  const oldest = oldestOf(kept);
  const old = [...existing].filter((name) => {
    const [, year, month] = NAME.exec(name) ?? [];
    return year !== undefined && Number(year) * 12 + Number(month) - 1 < oldest;
  });
  for (const name of old) {
    await transaction.rows(sql`drop table bot_history.${sql.identifier(name)}`);
  }
  await transaction.rows(sql`
    delete from bot_history.messages_default where kept_at < ${startOf(oldest)}::timestamptz`);
  return old;
}

/** Names of all that there are; until the transaction ends nobody else adds or drops any. */
async function lockPartitions(transaction: Transaction): Promise<Set<string>> {
  // Whoever waits for a lock of a whole table holds up all who come behind.
  await transaction.rows(sql`set local lock_timeout = '2s'`);
  await transaction.rows(sql`select pg_advisory_xact_lock(${LOCK}::bigint)`);
  const found = await transaction.rows<{ name: string }>(sql`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'bot_history.messages'::regclass order by name`);
  return new Set(found.map(({ name }) => name));
}

/** What the default partition has of the month moves into the new one. */
async function addPartition(transaction: Transaction, month: Month): Promise<void> {
  const from = startOf(month);
  const to = startOf(month + 1);
  const isWithin = sql`at >= ${from}::timestamptz and at < ${to}::timestamptz`;
  await transaction.rows(sql`
    create temp table moved on commit drop as
    select * from bot_history.messages_default where ${isWithin}`);
  await transaction.rows(sql`delete from bot_history.messages_default where ${isWithin}`);
  await transaction.rows(sql`
    create table bot_history.${sql.identifier(nameOf(month))} partition of bot_history.messages
    for values from (${sql.raw(`'${from}'`)}) to (${sql.raw(`'${to}'`)})`);
  await transaction.rows(sql`insert into bot_history.messages select * from moved`);
  await transaction.rows(sql`drop table moved`);
}
