import { systemClock, type Clock } from '@bot/queue';
import type { Logger } from 'pino';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { askedGauges } from './asked-gauges.ts';
import type { SparingLog } from './sparing-log.ts';

/** What the history tells; the observer of `@bot/history`. */
export interface HistoryMetrics {
  recorded(count: number): void;
  lost(count: number, error: Error): void;
  wrote(batch: { readonly records: number; readonly ms: number }): void;
  rejected(reason: string): void;
  away(error: Error): void;
  back(): void;
  dropped(partitions: readonly string[]): void;
}

export interface HistoryMetricsOptions {
  readonly registry: Registry;
  readonly log: Logger;
  /** Writes down what may come in floods. */
  readonly complain: SparingLog;
  /** What waits, the same at each worker. */
  readonly figures: () => Promise<{ readonly waiting: number; readonly rejected: number }>;
  readonly clock?: Clock;
}

/** Counts what becomes of the history's records, and writes down what went wrong. */
export function createHistoryMetrics(options: HistoryMetricsOptions): HistoryMetrics {
  const { registry, log, complain, figures, clock = systemClock } = options;
  const registers = [registry];
  const records = new Counter({
    name: 'history_records_total',
    help: 'Records of the history: noted, written, put aside as never to be written, lost.',
    labelNames: ['outcome'],
    registers,
  });
  // So that the first that is lost is an increase.
  for (const outcome of ['noted', 'written', 'rejected', 'lost']) records.inc({ outcome }, 0);
  const batches = new Histogram({
    name: 'history_batch_seconds',
    help: 'Time from reading a batch to its commit.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const away = new Gauge({
    name: 'history_database_away',
    help: '1 while this process cannot use the database of the history.',
    registers,
  });
  const gauge = askedGauges(registry, figures, clock);
  gauge('history_waiting_records', 'Records that wait for the database.', ({ waiting }) => waiting);
  gauge(
    'history_rejected_records',
    'Records that can never be written, the newest of each shard.',
    ({ rejected }) => rejected,
  );
  return {
    recorded: (count) => records.inc({ outcome: 'noted' }, count),
    lost(count, { message: reason }) {
      records.inc({ outcome: 'lost' }, count);
      complain('records of the history were lost', { count, reason });
    },
    wrote({ records: count, ms }) {
      records.inc({ outcome: 'written' }, count);
      batches.observe(ms / 1_000);
    },
    rejected(reason) {
      records.inc({ outcome: 'rejected' });
      complain('a record of the history was put aside', { reason });
    },
    away({ message: reason }) {
      away.set(1);
      log.error({ reason }, 'the history is not written; records wait in Redis');
    },
    back() {
      away.set(0);
      log.info({}, 'the history is written again');
    },
    dropped: (partitions) => log.info({ partitions }, 'old months of the history were dropped'),
  };
}
