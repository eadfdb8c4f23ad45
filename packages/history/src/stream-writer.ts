import { sql } from 'drizzle-orm';
import type { HistoryDatabase, Transaction } from './database.ts';
import { fromRedis, HistoryError } from './errors.ts';
import { addPartitions, dropPartitions, hasPartition, monthOf, type Month } from './partitions.ts';
import { decodeRecord, type HistoryRecord } from './record.ts';
import type { HistoryRedis } from './streams.ts';
import { forgetRejected, keepRejected, type Rejected } from './rejected.ts';
import { writeRecords } from './write-records.ts';

export interface StreamWriterOptions {
  readonly redis: HistoryRedis;
  readonly database: HistoryDatabase;
  readonly stream: string;
  /** Records of one batch. */
  readonly most: number;
  readonly keepMonths: number;
  readonly now: () => number;
  readonly onRejected: (reason: string) => void;
  readonly onDropped: (partitions: readonly string[]) => void;
}

/** What became of a batch. */
export type Written =
  | { readonly kind: 'wrote'; readonly records: number }
  /** There is nothing to write, or another process writes it. */
  | { readonly kind: 'idle' };

/** Writes the records of a stream; each call is one batch. Throws {@link HistoryError}. */
export type StreamWriter = () => Promise<Written>;

const DROP_EVERY_MS = 60 * 60 * 1_000;

interface Batch {
  readonly entries: readonly Entry[];
  readonly rejected: readonly Rejected[];
}

interface Entry {
  readonly id: string;
  readonly json: string;
  readonly record: HistoryRecord | undefined;
}

/**
 * A stream is written by one process at a time, which holds the lock of its row in the database from
 * before it reads until it has committed: a batch is never written late, behind the next one of
 * another process, and whoever dies lets go of the lock. Entries leave the stream after the commit; those
 * that still stand there are written again, all of them at once: so nobody who was forgotten comes back.
 */
export function createStreamWriter(options: StreamWriterOptions): StreamWriter {
  const { redis, database, stream, most, keepMonths } = options;
  let isReady = false;
  let droppedAt = -Infinity;
  const known = new Set<Month>();

  async function prepare(): Promise<void> {
    await database.migrate();
    await database.rows(sql`
      insert into bot_history.streams (name) values (${stream}) on conflict do nothing`);
    isReady = true;
  }

  async function add(months: ReadonlySet<Month>): Promise<void> {
    const now = options.now();
    // In a transaction of its own, since it locks the whole table.
    await database.transaction((own) => addPartitions(own, { now, keepMonths, months }));
    for (const month of months) known.add(month);
  }

  async function dropOld(): Promise<void> {
    const now = options.now();
    if (now < droppedAt + DROP_EVERY_MS) return;
    droppedAt = now;
    try {
      const dropped = await database.transaction((own) => dropPartitions(own, { now, keepMonths }));
      if (dropped.length > 0) options.onDropped(dropped);
    } catch {
      // Somebody holds the table, such as a backup: it is tried again, and nothing waits for it.
    }
  }

  /** What waits, at least up to an entry: batches of others may be larger, and still stand there. */
  async function read(written: string): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (;;) {
      const last = entries.at(-1)?.id;
      const from = last === undefined ? '-' : `(${last}`;
      const found = await fromRedis(redis.xrange(stream, from, '+', 'COUNT', most));
      entries.push(
        ...found.map(([id, [, json = '']]) => ({ id, json, record: decodeRecord(json) })),
      );
      const end = entries.at(-1)?.id ?? written;
      if (found.length < most || !isBefore(end, written)) return entries;
    }
  }

  function missingMonths(entries: readonly Entry[]): Set<Month> {
    const now = options.now();
    const months = entries.flatMap(({ record }) =>
      record?.kind === 'message' ? monthOf(record.at) : [],
    );
    const wanted = [monthOf(now), ...months].filter((month) =>
      hasPartition(month, { now, keepMonths }),
    );
    return new Set(wanted.filter((month) => !known.has(month)));
  }

  /** One transaction; answers months that must have a partition before anything can be written. */
  function writeLocked(): Promise<Batch | 'busy' | ReadonlySet<Month>> {
    return database.transaction(async (transaction) => {
      const [locked] = await transaction.rows<{ written: string }>(sql`
        select written from bot_history.streams where name = ${stream} for update skip locked`);
      if (locked === undefined) return 'busy';
      const entries = await read(locked.written);
      const missing = missingMonths(entries);
      if (missing.size > 0) return missing;
      const rejected: Rejected[] = [];
      await writeEntries(transaction, entries, rejected);
      await transaction.rows(sql`
        update bot_history.streams set written = ${entries.at(-1)?.id ?? locked.written}
        where name = ${stream}`);
      return { entries, rejected };
    });
  }

  /** What cannot be written is looked for by halves, and does not keep the rest from being written. */
  async function writeEntries(
    transaction: Transaction,
    entries: readonly Entry[],
    rejected: Rejected[],
  ): Promise<void> {
    const fit = entries.filter(({ record, json }) => {
      if (record === undefined) rejected.push({ json, reason: 'It is no record of this version.' });
      return record !== undefined;
    });
    if (fit.length === 0) return;
    try {
      await transaction.nested((inner) =>
        writeRecords(
          inner,
          fit.flatMap(({ record }) => record ?? []),
        ),
      );
    } catch (error) {
      if (!(error instanceof HistoryError && error.kind === 'refused')) throw error;
      const [{ json }] = fit as [Entry];
      if (fit.length === 1) return void rejected.push({ json, reason: error.message });
      const half = Math.ceil(fit.length / 2);
      await writeEntries(transaction, fit.slice(0, half), rejected);
      await writeEntries(transaction, fit.slice(half), rejected);
    }
  }

  async function settle({ entries, rejected }: Batch): Promise<void> {
    await keepRejected(redis, stream, rejected);
    for (const { reason } of rejected) options.onRejected(reason);
    const forgotten = entries.flatMap(({ record }) => (record?.kind === 'forget' ? record : []));
    if (forgotten.length > 0) await forgetRejected(redis, stream, forgotten);
    const last = entries.at(-1);
    if (last !== undefined) await redis.xtrim(stream, 'MINID', idAfter(last.id));
  }

  return async () => {
    if ((await fromRedis(redis.xlen(stream))) === 0) return { kind: 'idle' };
    try {
      if (!isReady) await prepare();
      await dropOld();
      const batch = await writeLocked();
      if (batch === 'busy') return { kind: 'idle' };
      if (batch instanceof Set) {
        await add(batch as ReadonlySet<Month>);
        return { kind: 'wrote', records: 0 };
      }
      await fromRedis(settle(batch as Batch));
      return { kind: 'wrote', records: (batch as Batch).entries.length };
    } catch (error) {
      // The tables may not be there any more once the database is back.
      isReady = false;
      known.clear();
      throw error;
    }
  };
}

/** Of ids, `<ms>-<number>`. */
function isBefore(one: string, other: string): boolean {
  const [[ms = 0n, number = 0n], [otherMs = 0n, otherNumber = 0n]] = [one, other].map((id) =>
    id.split('-').map(BigInt),
  ) as [bigint[], bigint[]];
  return ms < otherMs || (ms === otherMs && number < otherNumber);
}

/** `<ms>-<number>` of the first entry that may come behind. */
function idAfter(id: string): string {
  const [ms = '0', number = '0'] = id.split('-');
  return `${ms}-${BigInt(number) + 1n}`;
}
