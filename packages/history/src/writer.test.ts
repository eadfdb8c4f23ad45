import { systemClock } from '@bot/queue';
import { describe, expect, it } from 'vitest';
import { NOW, stream, useHistory } from './history.test-setup.ts';
import { createHistoryWriter, type HistoryWriterOptions } from './writer.ts';

describe('a writer', () => {
  const own = useHistory('PGlite');
  const start = (options: Partial<HistoryWriterOptions> = {}) => {
    const { redis, database } = own;
    return createHistoryWriter({ redis, database, clock: systemClock, pollMs: 5, ...options });
  };

  it('writes all that waits in all shards, and tells how much does', async () => {
    await own.note({ id: 'a', text: 'một', timestamp: NOW });
    await own.redis.xadd('{bot:1}:history', '*', 'r', 'no record');
    let records = 0;
    const observer = { wrote: (batch: { records: number }) => void (records += batch.records) };
    const writer = start({ shards: 2, observer });
    await expect
      .poll(() => writer.figures(), { timeout: 10_000 })
      .toEqual({ waiting: 0, rejected: 1 });
    expect(records).toBe(2);
    await writer.close();
    await writer.close();
  });

  it('leaves what came after it was closed', async () => {
    await start().close();
    await own.note({ id: 'a' });
    expect(await own.redis.xlen(stream)).toBe(1);
  });

  it.each([
    ['keepMonths', 0],
    ['batchRecords', 1.5],
    ['pollMs', Number.NaN],
  ])('refuses a %s of %s', (name, value) => {
    expect(() => start({ [name]: value })).toThrow(`${name} must be a whole number`);
  });
});
