import { delay, startRedisCluster, startStack, type RedisCluster, type Stack } from '@bot/dev';
import type { Emulator } from '@bot/emulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { saidOnce } from '../src/allowed-repeats.ts';
import { answersTo, createCrowd, writeRounds } from './rig/crowd.ts';
import { killAheadOfReplica } from './rig/killed-ahead.ts';

const ROUNDS = 40;

let cluster: RedisCluster;
let stack: Stack;
let emulator: Emulator;

beforeAll(async () => {
  cluster = await startRedisCluster({ replicasPerPrimary: 1, nodeTimeoutMs: 1_000 });
  stack = await startStack({
    logLevel: 'error',
    redisUrl: cluster.url,
    // So that many are acknowledged and not answered yet when the primary dies.
    emulator: { latencyMs: 300 },
    environment: { ...process.env, REDIS_REPLICAS: '1' },
  });
  if (!stack.emulator) throw new Error('The stack has no emulator.');
  emulator = stack.emulator;
});

afterAll(async () => {
  await stack.close();
  await cluster.close();
});

it('apps that ask for a replica answer everything when a primary dies ahead of its replica', async () => {
  const crowd = createCrowd(emulator);
  const writing = writeRounds(crowd, ROUNDS);
  await delay(2_000);
  await killAheadOfReplica(cluster, '{bot:0}');
  await writing;
  for (const psid of crowd.people) {
    await expect
      .poll(() => saidOnce(emulator.state, psid), { timeout: 60_000 })
      .toEqual(answersTo(ROUNDS));
  }
});
