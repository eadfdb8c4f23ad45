import { startRedis, type RedisServer } from '@bot/dev';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { systemClock } from './clock.ts';
import type { DeadLetterBox } from './dead-letters.ts';
import type { QueueEvent } from './events.ts';
import type { Finished, Grant, Lanes, Taken } from './lanes.ts';
import { createRedisDeadLetterBox } from './redis-dead-letters.ts';
import { createRedisLanes } from './redis-lanes.ts';
import { connectRedis, type RedisConnection } from './redis.ts';
import { createMemoryDeadLetterBox } from './testing/memory-dead-letters.ts';
import { createMemoryLanes } from './testing/memory-lanes.ts';
import { MemoryShard } from './testing/memory-shard.ts';

/** Where lanes can live; all of them keep the same contract. */
export const stores = ['memory', 'Redis'] as const;
export type Store = (typeof stores)[number];

/** One shard for one test, and its time, which the test moves. */
export interface TestShard {
  lanes: Lanes;
  deadLetters: DeadLetterBox;
  /** Takes a lane however many attempts ended without a word. */
  take(lane: string): Promise<Taken>;
  now: number;
  /** Lanes of their own from here on; each test begins with some. */
  reset(): void;
}

interface RealShard extends TestShard {
  redis: RedisConnection;
  prefix: string;
}

const times = { leaseMs: 4_000, graceMs: 2_000, seenMs: 60_000 };
const take = (shard: TestShard) => (lane: string) => shard.lanes.take({ lane, mostLost: 9 });

/** Each test has lanes of its own. */
export function useShard(store: Store): TestShard {
  return store === 'Redis' ? useRealShard() : useMemoryShard();
}

function useMemoryShard(): TestShard {
  const shard = {} as TestShard;
  shard.take = take(shard);
  shard.reset = () => {
    shard.now = 1_000_000;
    const memory = new MemoryShard({ ...systemClock, now: () => shard.now }, times);
    shard.lanes = createMemoryLanes(memory, 'test');
    shard.deadLetters = createMemoryDeadLetterBox(memory);
  };
  beforeEach(() => shard.reset());
  return shard;
}

/** Starts a Redis for the tests of a file. */
export function useRealShard(): RealShard {
  const shard = {} as RealShard;
  let server: RedisServer;
  let prefixes = 0;
  shard.take = take(shard);
  beforeAll(async () => {
    server = await startRedis();
    shard.redis = connectRedis({ url: server.url, role: 'worker' });
  });
  afterAll(async () => {
    shard.redis.disconnect();
    await server.close();
  });
  shard.reset = () => {
    const { redis } = shard;
    const now = (): number => shard.now;
    const prefix = `{test:${(prefixes += 1)}}`;
    const replication = { replicas: 0, timeoutMs: 1 };
    shard.now = 1_000_000;
    shard.prefix = prefix;
    shard.lanes = createRedisLanes({ redis, prefix, times, replication, now, owner: 'test' });
    shard.deadLetters = createRedisDeadLetterBox(redis, prefix, times.graceMs, now);
  };
  beforeEach(() => shard.reset());
  return shard;
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

/** Handles all that waits in a lane and answers the ids in their order. */
export async function drain(
  shard: Pick<TestShard, 'lanes' | 'take'>,
  lane = 'ann',
): Promise<string[]> {
  const ids: string[] = [];
  let answer: Taken | Finished = await shard.take(lane);
  while (answer.kind === 'granted' || answer.kind === 'next') {
    ids.push(answer.grant.head.id);
    answer = await shard.lanes.finish({ grant: answer.grant, next: 'take' });
  }
  return ids;
}
