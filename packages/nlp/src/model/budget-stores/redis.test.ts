import { startRedis, type RedisServer } from '@bot/dev';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepsTheContract } from './contract.test-setup.ts';
import { createRedisBudgetStore } from './redis.ts';

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

describe('budgets in Redis', () => {
  keepsTheContract(() => createRedisBudgetStore({ redis }));

  it('are one key a day, which Redis lets go after two days', async () => {
    const store = createRedisBudgetStore({ redis });
    await store.spend('2026-11-26', [{ name: 'ann', amount: 7, limit: 10 }]);
    await store.settle('2026-11-26', [{ name: 'ann', amount: -2 }]);
    expect(await redis.keys('*')).toEqual(['bot:model-budget:2026-11-26']);
    expect(await redis.hgetall('bot:model-budget:2026-11-26')).toEqual({ ann: '5' });
    const keptMs = await redis.pttl('bot:model-budget:2026-11-26');
    expect(keptMs).toBeGreaterThan(47 * 3_600_000);
    expect(keptMs).toBeLessThanOrEqual(48 * 3_600_000);
  });

  it('need of a user of Redis what the documentation says', async () => {
    const rights = '~bot:model-budget:* +eval +hget +hincrby +pexpire';
    await redis.call('ACL', 'SETUSER', 'budget', 'on', '>pass', ...rights.split(' '));
    const url = new URL(server.url);
    url.username = 'budget';
    url.password = 'pass';
    const user = new Redis(url.href, { enableReadyCheck: false });
    const store = createRedisBudgetStore({ redis: user });
    expect(await store.spend('d', [{ name: 'a', amount: 1, limit: 1 }])).toBeUndefined();
    await store.settle('d', [{ name: 'a', amount: -1 }]);
    expect(await redis.hgetall('bot:model-budget:d')).toEqual({ a: '0' });
    user.disconnect();
  });
});
