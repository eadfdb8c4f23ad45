import { startRedis, type RedisServer } from '@bot/dev';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { QueueEvent } from './events.ts';
import type { Queue } from './queue.ts';
import { createQueue } from './redis-queue.ts';
import { createWorker, type WorkerOptions } from './redis-worker.ts';
import { connectRedis, type RedisConnection } from './redis.ts';
import type { Worker } from './worker.ts';

/** A queue of a test's own on a real Redis. */
interface RealQueue {
  readonly redis: RedisConnection;
  readonly prefix: string;
  readonly queue: Queue;
  /** Starts a worker on it. */
  readonly work: (options: Partial<WorkerOptions>) => Worker;
}

/** Starts a Redis for the tests of a file; what its queues and workers start is closed. */
export function useRealQueues(): (shards?: number) => RealQueue {
  const started: { close(): Promise<void> }[] = [];
  let server: RedisServer;
  let redis: RedisConnection;
  let prefixes = 0;

  beforeAll(async () => {
    server = await startRedis();
    redis = connectRedis({ url: server.url, role: 'worker' });
  });
  afterEach(async () => {
    for (const each of started.splice(0).toReversed()) await each.close();
  });
  afterAll(async () => {
    redis.disconnect();
    await server.close();
  });

  return (shards = 1) => {
    const prefix = `test-${(prefixes += 1)}`;
    const queue = createQueue({ redis, prefix, shards });
    started.push(queue);
    return {
      redis,
      prefix,
      queue,
      work(options) {
        const handle = async (): Promise<void> => {};
        const own = { redis, prefix, shards, handle, sweepEveryMs: 100, ...options };
        const worker = createWorker(own);
        started.push(worker);
        return worker;
      },
    };
  };
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
