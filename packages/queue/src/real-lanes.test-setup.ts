import { startRedis, type RedisServer } from '@bot/dev';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { QueueEvent } from './events.ts';
import type { Finished, Grant, Lanes, Taken } from './lanes.ts';
import { createRedisLanes } from './redis-lanes.ts';
import { connectRedis, type RedisConnection } from './redis.ts';

/** The lanes of one test on a real Redis, and their time, which the test moves. */
interface RealLanes {
  redis: RedisConnection;
  lanes: Lanes;
  /** Takes a lane however many attempts ended without a word. */
  take(lane: string): Promise<Taken>;
  prefix: string;
  now: number;
}

/** Starts a Redis for the tests of a file; each test has lanes of its own. */
export function useRealLanes(): RealLanes {
  const real = {
    now: 0,
    take: (lane) => real.lanes.take({ lane, mostLost: 9 }),
  } as RealLanes;
  let server: RedisServer;
  let prefixes = 0;

  beforeAll(async () => {
    server = await startRedis();
    real.redis = connectRedis({ url: server.url, role: 'worker' });
  });
  afterAll(async () => {
    real.redis.disconnect();
    await server.close();
  });
  beforeEach(() => {
    real.now = 1_000_000;
    real.prefix = `{test:${(prefixes += 1)}}`;
    const times = { leaseMs: 4_000, graceMs: 2_000, seenMs: 60_000 };
    real.lanes = createRedisLanes({
      redis: real.redis,
      prefix: real.prefix,
      times,
      replication: { replicas: 0, timeoutMs: 1 },
      now: () => real.now,
      owner: 'test',
    });
  });
  return real;
}

export const event = (id: string, more: Partial<QueueEvent> = {}): QueueEvent => ({
  id,
  lane: 'ann',
  timestamp: 1_000,
  data: { text: `Xin chào ${id}` },
  ...more,
});

export function granted(answer: Taken | Finished): Grant {
  if (answer.kind === 'granted' || answer.kind === 'next') return answer.grant;
  throw new Error(`expected a grant, got ${answer.kind}`);
}
