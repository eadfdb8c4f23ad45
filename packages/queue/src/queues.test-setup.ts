import { startRedis, type RedisServer } from '@bot/dev';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { BackpressureOptions } from './backpressure.ts';
import { systemClock, type Clock } from './clock.ts';
import type { QueueEvent } from './events.ts';
import type { Lanes } from './lanes.ts';
import type { Store } from './lanes.test-setup.ts';
import { openQueue, type Queue } from './queue.ts';
import { createRedisShards } from './redis-shards.ts';
import { connectRedis, type RedisConnection } from './redis.ts';
import type { Shards } from './shards.ts';
import { createMemoryShards } from './testing/memory-shards.ts';
import { runWorker, type TurnOptions, type Worker } from './worker.ts';

/** A queue of a test's own. */
export interface TestQueue {
  readonly queue: Queue;
  /** Starts a worker on it. */
  readonly work: (options: Partial<TurnOptions>) => Worker;
  /** Lanes of the first shard, as a worker has them that dies whenever the test likes. */
  readonly lanes: Lanes;
  /** Moves the lanes' time on, not that of the queue and its workers. */
  readonly skip: (ms: number) => void;
}

interface TestQueueOptions {
  readonly shards?: number;
  readonly backpressure?: BackpressureOptions;
  readonly clock?: Clock;
}

type Open = (options: { shards: number; now: () => number }) => (owner: string) => Shards;

/** What the queues and workers of a test start is closed after it. */
export function useQueues(store: Store): (options?: TestQueueOptions) => TestQueue {
  const started: { close(): Promise<void> }[] = [];
  const open = store === 'Redis' ? useRealShards() : openMemoryShards;
  afterEach(async () => {
    for (const each of started.splice(0).toReversed()) await each.close();
  });

  return ({ shards = 1, backpressure = {}, clock = systemClock } = {}) => {
    let skipped = 0;
    const opened = open({ shards, now: () => Date.now() + skipped });
    const queue = openQueue(opened('queue'), async () => 0, { backpressure, clock });
    const [first] = opened('dying').all;
    if (!first) throw new Error('a queue has at least one shard');
    started.push(queue);
    return {
      queue,
      lanes: first.lanes,
      skip: (ms) => void (skipped += ms),
      work(options) {
        const handle = async (): Promise<void> => {};
        const worker = runWorker(opened, { handle, sweepEveryMs: 100, ...options });
        started.push(worker);
        return worker;
      },
    };
  };
}

const openMemoryShards: Open = ({ shards, now }) =>
  createMemoryShards({ shards, clock: { ...systemClock, now } });

function useRealShards(): Open {
  const real = useRealRedis();
  return ({ shards, now }) => {
    const { redis } = real;
    const prefix = real.newPrefix();
    return (owner) => createRedisShards({ redis, prefix, shards, scriptTime: now }, owner);
  };
}

/** Starts a Redis for the tests of a file. */
export function useRealRedis(): { redis: RedisConnection; newPrefix: () => string } {
  let server: RedisServer;
  let prefixes = 0;
  const real = { newPrefix: () => `test-${(prefixes += 1)}` } as ReturnType<typeof useRealRedis>;
  beforeAll(async () => {
    server = await startRedis();
    real.redis = connectRedis({ url: server.url, role: 'worker' });
  });
  afterAll(async () => {
    real.redis.disconnect();
    await server.close();
  });
  return real;
}

export const event = (id: string, lane = 'ann', timestamp = 1_000): QueueEvent => ({
  id,
  lane,
  timestamp,
  data: { text: id },
});

/** Resolves once `count` calls were made. */
export function after(count: number): { call: () => void; done: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  let calls = 0;
  return {
    call: () => {
      calls += 1;
      if (calls === count) resolve();
    },
    done: promise,
  };
}
