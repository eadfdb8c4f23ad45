import { expect, it } from 'vitest';
import { createFakeRedis } from './fake-redis.test-setup.ts';
import { createDeletionRecords } from './records.ts';

const code = '0123456789abcdef0123456789abcdef';

it('a record says since when a wish is received, then since when it is done, for 90 days', async () => {
  const redis = createFakeRedis();
  const records = createDeletionRecords(redis);
  expect(await records.read(code)).toBeUndefined();
  await records.received(code, 1_000);
  expect(await records.read(code)).toEqual({ kind: 'received', atMs: 1_000 });
  await records.received(code, 2_000);
  expect(await records.read(code)).toEqual({ kind: 'received', atMs: 1_000 });
  await records.done(code, 3_000);
  await records.received(code, 4_000);
  expect(await records.read(code)).toEqual({ kind: 'done', atMs: 3_000 });
  expect([...redis.values]).toEqual([[`bot:deletion:${code}`, 'done 3000']]);
  expect([...redis.keptMs.values()]).toEqual([90 * 24 * 60 * 60 * 1_000]);
});

it('a record says how many Pages a wish that was given up on did not reach', async () => {
  const redis = createFakeRedis();
  const records = createDeletionRecords(redis);
  await records.partly(code, 5_000, 2);
  expect(await records.read(code)).toEqual({ kind: 'partly', atMs: 5_000, pages: 2 });
  expect([...redis.keptMs.values()]).toEqual([90 * 24 * 60 * 60 * 1_000]);
});

it.each(['', '*', '../session', `${code}0`, 'x'.repeat(32)])(
  'a record is not looked for by %j',
  async (text) => {
    const redis = createFakeRedis();
    redis.values.set(`bot:deletion:${text}`, 'done 1');
    expect(await createDeletionRecords(redis).read(text)).toBeUndefined();
  },
);

it.each(['done <script>', 'partly 1', 'gone 1'])('a record %j is none', async (value) => {
  const redis = createFakeRedis();
  redis.values.set(`bot:deletion:${code}`, value);
  expect(await createDeletionRecords(redis).read(code)).toBeUndefined();
});
