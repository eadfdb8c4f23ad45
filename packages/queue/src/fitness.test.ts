import { startRedis, type RedisServer } from '@bot/dev';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectRedis } from './fitness.ts';
import { connectRedis, type RedisConnection } from './redis.ts';

let server: RedisServer;
let redis: RedisConnection;

beforeAll(async () => {
  server = await startRedis();
  redis = connectRedis({ url: server.url, role: 'worker' });
});

afterAll(async () => {
  redis.disconnect();
  await server.close();
});

describe('a Redis', () => {
  it('that keeps everything has nothing against it', async () => {
    expect(await inspectRedis(redis)).toEqual([]);
  });

  it.each([
    ['maxmemory-policy', 'allkeys-lru', 'refused', 'set maxmemory-policy noeviction'],
    ['maxmemory-policy', 'volatile-ttl', 'refused', 'set maxmemory-policy noeviction'],
    ['appendonly', 'no', 'warning', 'set appendonly yes'],
    ['appendfsync', 'everysec', 'warning', 'set appendfsync always'],
  ])('with %s %s is %s, and the message says: %s', async (setting, value, kind, remedy) => {
    const [, before] = (await redis.config('GET', setting)) as [string, string];
    await redis.config('SET', setting, value);
    try {
      expect(await inspectRedis(redis)).toEqual([
        { kind, message: expect.stringContaining(remedy) },
      ]);
    } finally {
      await redis.config('SET', setting, before);
    }
  });

  it.each([
    ['5.0.14', 1],
    ['6.0.16', 1],
    ['6.2.0', 0],
    ['7.0.15', 0],
    ['10.1.0', 0],
    ['unknown', 0],
  ])('of version %s has %i findings', async (version, count) => {
    const told = Object.create(redis, {
      info: { value: async () => `# Server\r\nredis_version:${version}\r\n` },
    }) as RedisConnection;
    expect(await inspectRedis(told)).toHaveLength(count);
  });

  it('whose user may not read its configuration is judged by the rest', async () => {
    const silent = Object.create(redis, {
      config: { value: () => Promise.reject(new Error('NOPERM')) },
    }) as RedisConnection;
    expect(await inspectRedis(silent)).toEqual([]);
  });
});
