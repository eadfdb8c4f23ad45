import { startRedis, type RedisServer } from '@bot/dev';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createPageRecords } from './page-records.ts';

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

const trouble = { kind: 'token-dead', since: 5, reason: 'refused', remedy: 'a new token' };

it('gives back what was noted of each Page, to whoever asks', async () => {
  const records = createPageRecords(redis);
  const check = { checkedAt: 7, checkedWith: 'a', name: 'Tiệm Trà', missingFields: ['standby'] };
  await records.noteCheck('200', check);
  await records.noteTrouble('100', trouble);
  await records.noteHeard('100', 3_600_001, 1);
  await records.noteSilence('100', 3_600_000);
  expect(await createPageRecords(redis).list()).toEqual([
    { pageId: '100', trouble, heardAt: 3_600_001, silentSince: 3_600_000 },
    { pageId: '200', ...check },
  ]);
});

it('says to one of several askers that they were the first', async () => {
  const records = createPageRecords(redis);
  const firsts = await Promise.all([1, 2, 3].map(() => records.noteTrouble('100', trouble)));
  expect(firsts.filter(Boolean)).toHaveLength(1);
  expect(await records.noteTrouble('100', { ...trouble, since: 9 })).toBe(false);
  expect((await records.list())[0]?.trouble?.since).toBe(5);
  expect([await records.clearTrouble('100'), await records.clearTrouble('100')]).toEqual([
    true,
    false,
  ]);
  expect([await records.claim('a', 50_000), await records.claim('a', 50_000)]).toEqual([
    true,
    false,
  ]);
  expect([await records.noteSilence('100', 1), await records.clearSilence('100')]).toEqual([
    true,
    true,
  ]);
});

it('keeps three weeks of hours', async () => {
  const records = createPageRecords(redis);
  for (let hour = 1; hour <= 510; hour += 1) await records.noteHeard('100', hour, hour);
  await records.noteHeard('100', 510, 510);
  const hours = await records.hours('100');
  expect(hours).toHaveLength(504);
  expect([hours[0], hours.at(-1)]).toEqual([7, 510]);
});

it('forgets a Page, and no other', async () => {
  const records = createPageRecords(redis);
  for (const pageId of ['100', '200']) {
    await records.noteCheck(pageId, {
      checkedAt: 7,
      name: '',
      checkedWith: 'a',
      missingFields: [],
    });
    await records.noteTrouble(pageId, trouble);
    await records.noteHeard(pageId, 3_600_001, 1);
    await records.noteSilence(pageId, 3_600_000);
  }
  await records.forget('100');
  expect((await records.list()).map(({ pageId }) => pageId)).toEqual(['200']);
});

it('passes over what somebody else wrote there', async () => {
  await redis.hset('bot:pages:checks', { '100': '{"name":1}', '200': 'no JSON' });
  await redis.hset('bot:pages:troubles', { '100': '[]', __proto__: '1' });
  await redis.hset('bot:pages:heard', { '100': 'soon' });
  expect(await createPageRecords(redis).list()).toEqual([]);
});

it('needs no rights but those that are named', async () => {
  await redis.acl('SETUSER', 'few', 'reset', 'on', '>few', '~bot:pages:*');
  const rights = '+hgetall +hset +hsetnx +hdel +set +zadd +zrange +zremrangebyrank +pexpire';
  await redis.acl('SETUSER', 'few', ...rights.split(' '));
  const { hostname: host, port } = new URL(server.url);
  const user = { username: 'few', password: 'few', enableReadyCheck: false };
  const few = new Redis({ host, port: Number(port), ...user });
  const records = createPageRecords(few);
  await records.claim('100', 1_000);
  await records.noteCheck('100', { checkedAt: 7, name: '', checkedWith: 'a', missingFields: [] });
  await records.noteTrouble('100', trouble);
  await records.clearTrouble('100');
  await records.noteHeard('100', 1, 1);
  expect(await records.hours('100')).toEqual([1]);
  expect(await records.list()).toHaveLength(1);
  few.disconnect();
});
