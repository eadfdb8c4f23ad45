import type { Clock } from './clock.ts';
import type { HistoryDatabase } from './database.ts';
import { HistoryError, historyErrorOf } from './errors.ts';
import type { HistoryObserver } from './observer.ts';
import { createStreamWriter, type StreamWriter } from './stream-writer.ts';
import { rejectedOf, streamsOf, type HistoryRedis, type StreamOptions } from './streams.ts';

/** What a writer takes. */
export interface HistoryWriterOptions extends StreamOptions {
  /** Not closed by the writer. */
  readonly redis: HistoryRedis;
  /** Not closed by the writer. */
  readonly database: HistoryDatabase;
  readonly clock: Clock;
  /** Full months that are kept beside the one under way. Default 12. */
  readonly keepMonths?: number;
  /** Records of one transaction at the most. Default 1,000. */
  readonly batchRecords?: number;
  /** Pause when there is nothing to write. Default 200 ms. */
  readonly pollMs?: number;
  readonly observer?: HistoryObserver;
}

/** What waits, in all streams. */
export interface HistoryFigures {
  /** Records that wait for the database. */
  readonly waiting: number;
  /** Records that can never be written, and were put aside. */
  readonly rejected: number;
}

/** Brings records from Redis to the database. */
export interface HistoryWriter {
  /** Counted anew each time. */
  figures(): Promise<HistoryFigures>;
  /** Ends the batch under way, and stops. What waits stays in Redis. May be called again. */
  close(): Promise<void>;
}

/** Pauses while the database is away double, up to this. */
const MOST_PAUSE_MS = 10_000;

/**
 * Writes what recorders noted, in batches, beside all turns. Several may run; each stream is written by
 * one of them at a time. While the database is away it tries again in pauses of up to 10 s, and
 * records wait in Redis.
 *
 * A user of Redis needs `~{bot:*}:history* +eval +xadd +xlen +xrange +xtrim +xdel`.
 *
 * @example
 * const database = openDatabase({ url: process.env.DATABASE_URL ?? 'file:./history' });
 * const writer = createHistoryWriter({ redis, database, clock: systemClock });
 * // At the end:
 * await writer.close();
 * await database.close();
 *
 * @throws {HistoryError} when an option is no whole number of at least 1.
 */
export function createHistoryWriter(options: HistoryWriterOptions): HistoryWriter {
  const { redis, database, clock, observer } = options;
  const { keepMonths = 12, batchRecords = 1_000, pollMs = 200 } = options;
  for (const [name, value] of Object.entries({ keepMonths, batchRecords, pollMs })) {
    if (Number.isSafeInteger(value) && value >= 1) continue;
    throw new HistoryError('input', `${name} must be a whole number of at least 1, got ${value}.`);
  }
  const streams = streamsOf(options);
  const stopping = new AbortController();
  const { signal } = stopping;
  const away = new Set<string>();

  async function run(stream: string): Promise<void> {
    const write = createStreamWriter({
      redis,
      database,
      stream,
      keepMonths,
      most: batchRecords,
      now: () => clock.now(),
      onRejected: (reason) => observer?.rejected?.(reason),
      onDropped: (partitions) => observer?.dropped?.(partitions),
    });
    let pauseMs = pollMs;
    while (!signal.aborted) {
      const begunAt = clock.now();
      const outcome = await attempt(write);
      if (outcome instanceof HistoryError) {
        if (away.size === 0) observer?.away?.(outcome);
        away.add(stream);
        pauseMs = Math.min(pauseMs * 2, MOST_PAUSE_MS);
        await clock.wait(pauseMs, signal);
        continue;
      }
      pauseMs = pollMs;
      if (away.delete(stream) && away.size === 0) observer?.back?.();
      if (outcome.kind === 'idle') await clock.wait(pollMs, signal);
      else observer?.wrote?.({ records: outcome.records, ms: clock.now() - begunAt });
    }
  }

  const running = Promise.all(streams.map(run));
  return {
    async figures() {
      const sum = async (of: (stream: string) => string): Promise<number> => {
        const lengths = await Promise.all(streams.map((stream) => redis.xlen(of(stream))));
        return lengths.reduce((total, length) => total + length, 0);
      };
      return { waiting: await sum((stream) => stream), rejected: await sum(rejectedOf) };
    },
    async close() {
      stopping.abort();
      await running;
    },
  };
}

async function attempt(
  write: StreamWriter,
): Promise<Awaited<ReturnType<StreamWriter>> | HistoryError> {
  try {
    return await write();
  } catch (error) {
    return historyErrorOf(error);
  }
}
