import { access } from 'node:fs/promises';
import { afterEach, expect, it } from 'vitest';
import { poll } from './clock.ts';
import { startTimeOf } from './process-identity.ts';
import { type RedisSentinel, startRedisSentinel } from './redis-sentinel.ts';

const LONG_MS = 30_000;
let sentinel: RedisSentinel | undefined;

afterEach(() => sentinel?.close());

it(
  'calls the replica the primary once the primary was killed, though a Sentinel is gone as well',
  async () => {
    sentinel = await startRedisSentinel({ downAfterMs: 500 });
    const own = sentinel;
    const { nodes, sentinels } = own;
    const [first, second] = nodes;
    expect(await own.primary()).toBe(first);
    await sentinels[0]?.kill('SIGKILL');
    await first?.kill('SIGKILL');
    const isReplaced = async (): Promise<boolean> => (await own.primary()) === second;
    expect(await poll(isReplaced, { timeoutMs: LONG_MS, everyMs: 50 })).toBe(true);
    // What a Sentinel has learned outlives it.
    await sentinels[1]?.restart();
    expect(await own.primary()).toBe(second);
  },
  LONG_MS,
);

it(
  'leaves neither processes nor folders behind, however often it is closed',
  async () => {
    sentinel = await startRedisSentinel();
    await sentinel.close();
    await sentinel.close();
    for (const { pid, dir } of [...sentinel.nodes, ...sentinel.sentinels]) {
      expect(await startTimeOf(pid)).toBeUndefined();
      await expect(access(dir)).rejects.toThrow('ENOENT');
    }
  },
  LONG_MS,
);
