import { setTimeout as pause } from 'node:timers/promises';
import { startRedis } from '@bot/dev';
import { connectRedis, type RedisConnection } from '@bot/queue';
import type { Meter } from './compare.ts';

/** A Redis, as benchmarks look at it. */
export interface MeteredRedis {
  readonly redis: RedisConnection;
  /** CPU time of Redis by its own account, in user and system mode. */
  readonly cpu: Meter;
  /** Bytes that its data and buffers take. */
  readonly memory: () => Promise<number>;
  /** Rewrites its log no more by itself, which would fall upon whoever runs just then. */
  readonly rewriteNoMore: () => Promise<void>;
  /** Takes away all keys and shortens the log; the scripts that it knows stay. */
  readonly empty: () => Promise<void>;
  /** Whether it writes to disk before it answers; ends when that is so. */
  readonly keepLog: (kept: boolean) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A Redis of a benchmark's own, as the apps need it: on disk before it answers. */
export async function startPrivateRedis(): Promise<MeteredRedis> {
  const server = await startRedis();
  const metered = openRedis(server.url);
  await metered.rewriteNoMore();
  return {
    ...metered,
    async close() {
      await metered.close();
      await server.close();
    },
  };
}

/** One that runs already; `close` leaves it running. It rewrites its log by itself until it is told. */
export function openRedis(url: string): MeteredRedis {
  const redis = connectRedis({ url, role: 'worker' });

  async function info(section: string, field: string): Promise<number> {
    const [, value] = new RegExp(`^${field}:(.*)$`, 'm').exec(await redis.info(section)) ?? [];
    return Number(value);
  }
  async function rewritten(): Promise<void> {
    const under = async (field: string): Promise<boolean> => (await info('persistence', field)) > 0;
    while ((await under('aof_rewrite_in_progress')) || (await under('aof_rewrite_scheduled'))) {
      await pause(10);
    }
  }

  return {
    redis,
    cpu: {
      name: 'CPU of Redis, µs each',
      read: async () => {
        const user = await info('cpu', 'used_cpu_user');
        return (user + (await info('cpu', 'used_cpu_sys'))) * 1_000_000;
      },
    },
    memory: () => info('memory', 'used_memory'),
    async rewriteNoMore() {
      await redis.config('SET', 'auto-aof-rewrite-percentage', '0');
      await rewritten();
    },
    async empty() {
      await redis.flushall('SYNC');
      await redis.bgrewriteaof();
      await rewritten();
    },
    async keepLog(kept) {
      await redis.config('SET', 'appendonly', kept ? 'yes' : 'no');
      await rewritten();
    },
    close: async () => redis.disconnect(),
  };
}
