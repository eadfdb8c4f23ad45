import type { Clock } from './clock.ts';
import { openDatabase } from './database.ts';
import { createHistory, type History } from './history.ts';
import type { HistoryObserver } from './observer.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import type { Unavailable } from './reading.ts';
import { createReports, type Reports } from './reports.ts';
import type { HistoryRedis, StreamOptions } from './streams.ts';
import { createTurnHistory } from './turn-history.ts';
import { createHistoryWriter, type HistoryWriter } from './writer.ts';

/** What is needed to keep a history. */
export interface OpenHistoryOptions extends StreamOptions {
  /** As {@link openDatabase} takes it; `undefined` keeps nothing, and costs nothing. */
  readonly url: string | undefined;
  /** Not closed by the history. */
  readonly redis: HistoryRedis;
  readonly clock: Clock;
  /** Full months that are kept beside the one under way. Default 12. */
  readonly keepMonths?: number;
  readonly observer?: HistoryObserver;
}

/** A history that is noted, written and read in this process. */
export interface KeptHistory extends Recorder, History, Pick<HistoryWriter, 'figures'> {
  /** For `TurnPorts.history` of `@bot/handlers`. */
  readonly past: ReturnType<typeof createTurnHistory>;
  /** Absent when nothing is kept. */
  readonly reports: Reports | undefined;
  /** Ends the batch under way and lets go of the database. May be called again. */
  close(): Promise<void>;
}

/**
 * Opens all of a history with its defaults, as a worker needs it: a recorder, a writer, a reader and
 * their database.
 *
 * @example
 * const history = openHistory({ url: 'postgres://…', redis, clock: systemClock });
 * await history.turn(event, step, (recorded) =>
 *   bot.handle(event, { ...ports, ...recorded, history: history.past }),
 * );
 *
 * @throws {HistoryError} when an option cannot be used.
 */
export function openHistory({ url, ...options }: OpenHistoryOptions): KeptHistory {
  if (url === undefined) return nothing;
  const database = openDatabase({ url });
  const history = createHistory({ ...options, database });
  const writer = createHistoryWriter({ ...options, database });
  return {
    ...createRecorder(options),
    ...history,
    past: createTurnHistory(history),
    reports: createReports({ ...options, database }),
    figures: () => writer.figures(),
    async close() {
      await writer.close();
      await database.close();
    },
  };
}

const unavailable = async (): Promise<Unavailable> => ({
  kind: 'unavailable',
  reason: 'No history is kept.',
});

/** A history of which nothing is kept. */
const nothing: KeptHistory = {
  turn: (_event, step, run) => run({ step }),
  forget: async () => {},
  conversation: () => ({ last: unavailable, sinceTakeover: unavailable, lastSeen: unavailable }),
  search: unavailable,
  async *export() {},
  past: async () => [],
  reports: undefined,
  figures: async () => ({ waiting: 0, rejected: 0 }),
  close: async () => {},
};
