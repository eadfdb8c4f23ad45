import { sql } from 'drizzle-orm';
import type { Transaction } from './database.ts';

/** A month, counted from the year 0: 2026-11 is 2026 * 12 + 10. */
export type Month = number;

export function monthOf(ms: number): Month {
  const date = new Date(ms);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

const NAME = /^messages_(\d{4})_(\d{2})$/;

function nameOf(month: Month): string {
  const [year, number] = [Math.floor(month / 12), (month % 12) + 1];
  return `messages_${String(year).padStart(4, '0')}_${String(number).padStart(2, '0')}`;
}

const startOf = (month: Month): string =>
  new Date(Date.UTC(Math.floor(month / 12), month % 12)).toISOString();

/** What is done to the partitions of the table of messages. */
export interface Upkeep {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Full months that are kept beside this one; more are dropped. */
  readonly keepMonths: number;
  /** Months that are about to be written to. */
  readonly months: Iterable<Month>;
}

/** The oldest month that is kept. */
const oldestOf = ({ now, keepMonths }: Omit<Upkeep, 'months'>): Month => monthOf(now) - keepMonths;

/** Whether a month has a partition of its own; what lies outside are rather times that are wrong. */
export function hasPartition(month: Month, upkeep: Omit<Upkeep, 'months'>): boolean {
  return month >= oldestOf(upkeep) && month <= monthOf(upkeep.now) + 1;
}

/**
 * Makes the partitions of this month, of the next, and of those that are about to be written to, and
 * drops those that are older than what is kept. What lies outside is in the default partition, and is
 * kept there as long, counted from when it was written.
 *
 * @returns The names of partitions that were dropped.
 */
export async function keepPartitions(transaction: Transaction, upkeep: Upkeep): Promise<string[]> {
  // Nobody reads or writes for long; who does holds up the upkeep, not the upkeep them.
  await transaction.rows(sql`set local lock_timeout = '2s'`);
  await transaction.rows(sql`select pg_advisory_xact_lock(7115020927)`);
  const found = await transaction.rows<{ name: string }>(sql`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'bot_history.messages'::regclass`);
  const existing = new Set(found.map(({ name }) => name));
  const oldest = oldestOf(upkeep);
  const wanted = new Set([monthOf(upkeep.now), monthOf(upkeep.now) + 1, ...upkeep.months]);
  for (const month of wanted) {
    const isMissing = hasPartition(month, upkeep) && !existing.has(nameOf(month));
    if (isMissing) await addPartition(transaction, month);
  }
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
