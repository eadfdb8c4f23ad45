import { startRedis, type RedisServer } from '@bot/dev';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepsTheContract } from './contract.test-setup.ts';
import { createRedisSessionStore } from './redis.ts';

let server: RedisServer;
let redis: Redis;

beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.url);
});

afterAll(async () => {
  redis.disconnect();
  await server.close();
});

beforeEach(() => redis.flushall());

describe('sessions in Redis', () => {
  keepsTheContract(() => createRedisSessionStore({ redis }));

  it('expire so long after the last save', async () => {
    const store = createRedisSessionStore({ redis });
    await store.save({ id: '100:200', text: 'one', version: 0, expireMs: 5_000 });
    expect(await redis.pttl('bot:session:100:200')).toBeLessThanOrEqual(5_000);
    const { version = 0 } = (await store.load('100:200')) ?? {};
    await store.save({ id: '100:200', text: 'two', version, expireMs: 60_000 });
    const left = await redis.pttl('bot:session:100:200');
    expect(left).toBeGreaterThan(5_000);
    expect(left).toBeLessThanOrEqual(60_000);
  });

  it('stand under a prefix of your own', async () => {
    const store = createRedisSessionStore({ redis, prefix: '{shop}:' });
    await store.save({ id: '100:200', text: 'one', version: 0, expireMs: 5_000 });
    expect(await redis.keys('*')).toEqual(['{shop}:100:200']);
  });

  it('need no rights but those that are named', async () => {
    await redis.acl('SETUSER', 'few', 'reset', 'on', '>few', '~bot:session:*');
    await redis.acl('SETUSER', 'few', '+get', '+getrange', '+set', '+del', '+eval', '+time');
    const { hostname, port } = new URL(server.url);
    const few = new Redis({
      host: hostname,
      port: Number(port),
      username: 'few',
      password: 'few',
      enableReadyCheck: false,
    });
    const store = createRedisSessionStore({ redis: few });
    expect(await store.save({ id: 'ann', text: 'chào', version: 0, expireMs: 5_000 })).toBe(true);
    expect((await store.load('ann'))?.text).toBe('chào');
    await store.delete('ann');
    expect(await store.load('ann')).toBeUndefined();
    few.disconnect();
  });
});
