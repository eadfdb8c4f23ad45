import { access } from 'node:fs/promises';
import { afterEach, expect, it } from 'vitest';
import { poll } from './clock.ts';
import { startTimeOf } from './process-identity.ts';
import { type RedisCluster, type RedisClusterOptions, startRedisCluster } from './redis-cluster.ts';
import type { RedisServer } from './redis-node.ts';

const LONG_MS = 30_000;
let cluster: RedisCluster | undefined;

async function start(options: RedisClusterOptions = {}): Promise<RedisCluster> {
  cluster = await startRedisCluster(options);
  return cluster;
}

afterEach(() => cluster?.close());

it(
  'gives each key a primary, and another one when that was killed',
  async () => {
    const own = await start({ replicasPerPrimary: 1, nodeTimeoutMs: 1_000 });
    const { nodes } = own;
    const primaryOf = (key: string): Promise<RedisServer> => own.primaryOf(key);
    const keys = ['{a}', '{b}', '{c}', '{d}', '{e}', '{f}', '{g}', '{h}'];
    const primaries = new Set(await Promise.all(keys.map(primaryOf)));
    expect(primaries.size).toBe(3);
    expect([...primaries].every((each) => nodes.indexOf(each) < 3)).toBe(true);

    const first = await primaryOf('{a}');
    await first.kill('SIGKILL');
    const hasOther = (): Promise<boolean> =>
      primaryOf('{a}').then(
        (primary) => nodes.indexOf(primary) >= 3,
        () => false,
      );
    expect(await poll(hasOther, { timeoutMs: LONG_MS, everyMs: 50 })).toBe(true);
    await first.restart();
    const isReplica = async (): Promise<boolean> => (await primaryOf('{a}')) !== first;
    expect(await poll(isReplica, { timeoutMs: LONG_MS, everyMs: 50 })).toBe(true);
  },
  LONG_MS,
);

it(
  'leaves neither processes nor folders behind, however often it is closed',
  async () => {
    const own = await start();
    await own.close();
    await own.close();
    for (const { pid, dir } of own.nodes) {
      expect(await startTimeOf(pid)).toBeUndefined();
      await expect(access(dir)).rejects.toThrow('ENOENT');
    }
  },
  LONG_MS,
);
