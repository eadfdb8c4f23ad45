import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { startRedis } from '@bot/dev';
import { connectRedis } from '@bot/queue';
import { describe, expect, it, onTestFinished } from 'vitest';
import { gaugeProcess, gaugeRedis } from './gauge.ts';

describe('the gauge of a process', () => {
  it('counts a file that is opened, and one that is closed', async () => {
    const before = await gaugeProcess(process.pid);
    const files = Array.from({ length: 50 }, () => openSync(import.meta.filename, 'r'));
    const open = await gaugeProcess(process.pid);
    files.forEach((file) => closeSync(file));
    const closed = await gaugeProcess(process.pid);
    // Whoever else works in this process opens some of its own.
    expect(open.descriptors - before.descriptors).toBeGreaterThan(40);
    expect(open.descriptors - closed.descriptors).toBeGreaterThan(40);
  });

  it('sees memory once it is written to', async () => {
    const before = await gaugeProcess(process.pid);
    const held = Buffer.alloc(64 * 1_024 * 1_024, 1);
    const after = await gaugeProcess(process.pid);
    expect(held.length).toBeGreaterThan(0);
    expect(after.memoryMb - before.memoryMb).toBeGreaterThan(50);
  });
});

describe('the gauge of Redis', () => {
  it('tells keys that last from those that expire', async () => {
    const server = await startRedis();
    onTestFinished(() => server.close());
    const redis = connectRedis({ url: server.url, role: 'producer' });
    onTestFinished(() => redis.disconnect());
    await once(redis, 'ready');
    expect(await gaugeRedis(redis)).toMatchObject({ keys: 0, lastingKeys: 0 });
    await redis.set('stays', 'x');
    await redis.set('goes', 'x'.repeat(2 * 1_024 * 1_024), 'PX', 60_000);
    const { memoryMb, ...keys } = await gaugeRedis(redis);
    expect(keys).toEqual({ keys: 2, lastingKeys: 1 });
    expect(memoryMb).toBeGreaterThan(2);
  });
});
