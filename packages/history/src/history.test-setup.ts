import { startPostgres, startRedis } from '@bot/dev';
import { systemClock } from '@bot/queue';
import { sql } from 'drizzle-orm';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { openDatabase, type HistoryDatabase } from './database.ts';
import type { HistoryEvent } from './event-records.ts';
import { createHistory, type History } from './history.ts';
import type { HistoryObserver } from './observer.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { createStreamWriter } from './stream-writer.ts';

/** Where a history can be kept; both keep the same contract. */
export const databases = ['PGlite', 'PostgreSQL'] as const;
export type DatabaseKind = (typeof databases)[number];

/** 5 January 2026, 8 o'clock UTC. */
export const NOW: number = Date.UTC(2026, 0, 5, 8);
export const MONTH: number = 31 * 24 * 60 * 60 * 1_000;
export const ann = { pageId: '10', psid: '20' };

/** A history for the tests of a file; each test begins with an empty one. */
export interface TestHistory {
  redis: Redis;
  database: HistoryDatabase;
  recorder: Recorder;
  history: History;
  /** In ms since 1970; each test begins at {@link NOW}. */
  now: number;
  /** What was told to the observer, as `<what> <how much>`. */
  readonly told: string[];
  /** Notes an event without a turn. */
  note(event: Partial<HistoryEvent> & Readonly<Record<string, unknown>>): Promise<void>;
  /** Writes all that waits. */
  write(most?: number): Promise<void>;
}

export const stream = '{bot:0}:history';

export function useHistory(kind: DatabaseKind): TestHistory {
  const close: (() => unknown)[] = [];
  const told: string[] = [];
  const observer: HistoryObserver = {
    lost: (count, { message }) => void told.push(`lost ${count}: ${message}`),
    rejected: (reason) => void told.push(`rejected: ${reason}`),
    dropped: (partitions) => void told.push(`dropped ${partitions.join(' ')}`),
  };
  let writers = new Map<number, ReturnType<typeof createStreamWriter>>();
  const own: TestHistory = {
    now: NOW,
    told,
    async note(event) {
      const whole = { type: 'text', id: 'e', timestamp: own.now, ...ann, ...event };
      await own.recorder.turn(
        whole,
        async () => undefined,
        async () => {},
      );
    },
    async write(most = 1_000) {
      const { redis, database } = own;
      const write =
        writers.get(most) ??
        createStreamWriter({
          redis,
          database,
          stream,
          most,
          keepMonths: 12,
          now: () => own.now,
          onRejected: (reason) => observer.rejected?.(reason),
          onDropped: (partitions) => observer.dropped?.(partitions),
        });
      writers.set(most, write);
      while ((await write()).kind === 'wrote');
    },
  } as TestHistory;

  beforeAll(async () => {
    const server = await startRedis({ appendonly: 'no' });
    own.redis = new Redis(server.url);
    const postgres =
      kind === 'PostgreSQL' ? await startPostgres({ settings: ['fsync=off'] }) : undefined;
    own.database = openDatabase({ url: postgres?.url ?? 'memory:' });
    const clock = { ...systemClock, now: () => own.now };
    own.recorder = createRecorder({ redis: own.redis, clock, observer });
    own.history = createHistory({ database: own.database, clock, timeLimitMs: 20_000 });
    close.push(
      () => own.database.close(),
      () => own.redis.disconnect(),
      () => postgres?.close(),
      () => server.close(),
    );
    await own.database.migrate();
  });
  afterEach(async () => {
    told.length = 0;
    own.now = NOW;
    writers = new Map();
    await own.redis.flushall();
    await own.database.rows(sql`drop schema bot_history cascade`);
    await own.database.migrate();
  });
  afterAll(async () => {
    for (const each of close) await each();
  });
  return own;
}
