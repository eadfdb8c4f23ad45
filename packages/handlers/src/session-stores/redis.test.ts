import { startRedis, type RedisServer } from '@bot/dev';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepsTheContract } from './contract.test-setup.ts';
import { createRedisSessionStore, type RedisCommands } from './redis.ts';

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

const no = (): Promise<never> => Promise.reject(new Error('Nobody should ask for this.'));
const unused: RedisCommands = { get: no, mget: no, del: no, eval: no };

describe('sessions in Redis', () => {
  keepsTheContract(() => createRedisSessionStore({ redis }));

  it('are read by one command for all that are asked for in a tick', async () => {
    const store = createRedisSessionStore({ redis });
    await store.save({ id: 'ann', text: 'chào', version: 0, expireMs: 5_000 });
    await redis.config('RESETSTAT');
    const loaded = await Promise.all(['ann', 'bình', 'ann'].map((id) => store.load(id)));
    expect(loaded.map((session) => session?.text)).toEqual(['chào', undefined, 'chào']);
    expect(await redis.info('commandstats')).toMatch(/cmdstat_mget:calls=1,/);
  });

  it('that cannot be read say so to each who asked', async () => {
    const refused = new Error('READONLY');
    const store = createRedisSessionStore({
      redis: { ...unused, mget: () => Promise.reject(refused) },
    });
    const loads = await Promise.allSettled([store.load('ann'), store.load('bình')]);
    expect(loads).toEqual([
      { status: 'rejected', reason: refused },
      { status: 'rejected', reason: refused },
    ]);
  });

  it('are read one by one in a Cluster, whose commands are about keys of one node', async () => {
    const store = createRedisSessionStore({
      redis: { ...unused, isCluster: true, get: async () => '17 chào' },
    });
    expect(await store.load('ann')).toEqual({ text: 'chào', version: 17 });
  });

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
    await redis.acl(
      'SETUSER',
      'few',
      '+get',
      '+mget',
      '+getrange',
      '+set',
      '+del',
      '+eval',
      '+time',
    );
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
