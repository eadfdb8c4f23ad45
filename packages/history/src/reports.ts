import { sql } from 'drizzle-orm';
import type { Clock } from './clock.ts';
import type { HistoryDatabase, Statements } from './database.ts';
import { HistoryError } from './errors.ts';
import { createReading, type Unavailable } from './reading.ts';

/** Reads figures of all that is kept, by the views `bot_history.insights_*`, in a way that nothing else suffers. */
export interface Reports {
  /**
   * Runs `ask`, which may look and change nothing. One at a time, each statement on its own, so that
   * turns and the writer come in between; and only for a few seconds in all.
   */
  read<Result>(ask: (statements: Statements) => Promise<Result>): Promise<Result | Unavailable>;
}

/** What reports take. */
export interface ReportsOptions {
  /** Not closed by the reports. */
  readonly database: HistoryDatabase;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  /** For how long anybody waits, and the database works. Default 5 s. */
  readonly timeLimitMs?: number;
}

const GRACE_MS = 100;

/**
 * Opens the history for reports. Its tables are made or changed first: the writer does so only once
 * there is something to write.
 */
export function createReports({ database, clock, timeLimitMs = 5_000 }: ReportsOptions): Reports {
  const reading = createReading(timeLimitMs, clock);
  let before: Promise<unknown> = Promise.resolve();
  let ready: Promise<void> | undefined;

  async function prepare(): Promise<void> {
    try {
      await (ready ??= database.migrate());
    } catch (error) {
      ready = undefined;
      throw error;
    }
  }

  /** Statements up to a time: the database itself ends one that takes longer, once nobody waits for it. */
  function until(end: number): Statements {
    return {
      async rows(statement) {
        const leftMs = end - clock.now();
        if (leftMs <= 0) throw new HistoryError('away', 'The time for a report is over.');
        return database.transaction(async (transaction) => {
          await transaction.rows(sql`
            select set_config('transaction_read_only', 'on', true), set_config('jit', 'off', true),
              set_config('statement_timeout', ${`${leftMs + GRACE_MS}ms`}, true)`);
          return transaction.rows(statement);
        });
      },
    };
  }

  return {
    read(ask) {
      const end = clock.now() + timeLimitMs;
      return reading(async () => {
        const earlier = before;
        const asked = (async () => {
          await earlier;
          await prepare();
          return ask(until(end));
        })();
        before = asked.catch(() => {});
        return asked;
      });
    },
  };
}
