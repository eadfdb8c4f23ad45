import { setTimeout as pause } from 'node:timers/promises';
import { startRedis } from '@bot/dev';
import { connectRedis, type RedisConnection } from '@bot/queue';
import type { Meter } from './compare.ts';

/** A Redis of a benchmark's own, as the apps need it: on disk before it answers. */
export interface PrivateRedis {
  readonly redis: RedisConnection;
  /** CPU time of Redis by its own account, in user and system mode. */
  readonly cpu: Meter;
  /** Bytes that its data and buffers take. */
  readonly memory: () => Promise<number>;
  /** Takes away all keys and shortens the log; the scripts that it knows stay. */
  readonly empty: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startPrivateRedis(): Promise<PrivateRedis> {
  const server = await startRedis();
  const redis = connectRedis({ url: server.url, role: 'worker' });
  // Rewriting the log by itself would fall upon whoever runs just then.
  await redis.config('SET', 'auto-aof-rewrite-percentage', '0');

  async function info(section: string, field: string): Promise<number> {
    const [, value] = new RegExp(`^${field}:(.*)$`, 'm').exec(await redis.info(section)) ?? [];
    return Number(value);
  }

  return {
    redis,
    cpu: {
      name: 'CPU of Redis',
      read: async () => {
        const user = await info('cpu', 'used_cpu_user');
        return (user + (await info('cpu', 'used_cpu_sys'))) * 1_000_000;
      },
    },
    memory: () => info('memory', 'used_memory'),
    async empty() {
      await redis.flushall('SYNC');
      await redis.bgrewriteaof();
      while ((await info('persistence', 'aof_rewrite_in_progress')) > 0) await pause(10);
    },
    async close() {
      redis.disconnect();
      await server.close();
    },
  };
}
