import { delay, poll, startRedisCluster, type RedisServer } from '@bot/dev';
import { connectRedis } from '@bot/queue';
import { describe, expect, it, type TestContext } from 'vitest';
import { seed, sized } from './rig/form.ts';
import { startRig, type Rig } from './rig/rig.ts';

/** Short of the time in which a Cluster is without one of its primaries. */
const nodeTimeoutMs = 1_000;
const shards = 6;
/** Of the shard whose primary is killed. */
const shardKey = '{bot:0}';
/** So slow that many events were acknowledged and have had no effect yet when the primary dies. */
const latencyMs = 100;
/** Between the end of replication and that of the primary. */
const asunderMs = 400;
const perSecond = 300;
const traffic = sized({
  short: { events: 6 * perSecond, lanes: 900, skew: 0, perSecond },
  full: { events: 14 * perSecond, lanes: 2_100, skew: 0, perSecond },
});

interface Failover {
  readonly rig: Rig;
  /** Effects whose steps the new primary may not know as done. */
  readonly unknown: number;
  /** Until the replica had taken over, in ms. */
  readonly tookMs: number;
}

async function ask(server: RedisServer, ...words: [string, ...string[]]): Promise<void> {
  const redis = connectRedis({ url: server.url, role: 'worker' });
  await redis.call(...words);
  redis.disconnect();
}

/**
 * Kills the primary of a shard under load, shortly after its replica had lost it: what came in
 * between went to the primary alone. It comes back as the replica of its replica.
 */
async function failOver({ onTestFinished }: TestContext, replicas: number): Promise<Failover> {
  const cluster = await startRedisCluster({ replicasPerPrimary: 1, nodeTimeoutMs });
  onTestFinished(() => cluster.close());
  const rig = await startRig({ seed, traffic, redis: cluster, shards, replicas, latencyMs });
  onTestFinished(() => rig.close());
  await delay(2_000);
  const primary = await cluster.primaryOf(shardKey);
  const replica = cluster.nodes[cluster.nodes.indexOf(primary) + cluster.nodes.length / 2];
  if (!replica) throw new Error('The primary has no replica.');

  await ask(replica, 'CONFIG', 'SET', 'masterauth', 'not the password');
  const asunderAt = performance.now();
  const before = rig.inFlight().length;
  await ask(primary, 'CLIENT', 'KILL', 'TYPE', 'replica');
  await delay(asunderMs);
  await primary.kill('SIGKILL');
  const killedAt = performance.now();
  const between = rig.books.effects.filter(({ at }) => at > asunderAt);
  const hasTakenOver = (): Promise<boolean> =>
    cluster.primaryOf(shardKey).then(
      (now) => now === replica,
      () => false,
    );
  expect(await poll(hasTakenOver, { timeoutMs: 15_000, everyMs: 50 })).toBe(true);
  const tookMs = Math.round(performance.now() - killedAt);
  await primary.restart();
  return { rig, unknown: before + between.length, tookMs };
}

describe.concurrent('the primary of a shard killed under load, its replica behind', () => {
  it('loses nothing acknowledged when a replica must have it: it is refused instead', async (test) => {
    const { rig, unknown, tookMs } = await failOver(test, 1);
    expect(await rig.settle(30_000)).toBe(true);
    const { refused } = rig.books;
    rig.report('failover', {
      'effects unknown': unknown,
      'until taken over (ms)': tookMs,
      refusals: refused.length,
      'slowest refusal (ms)': Math.round(Math.max(...refused.map((each) => each.tookMs))),
    });
    const verdict = rig.verdict();
    expect(verdict).toMatchObject({ lost: [], reordered: [], unflagged: [], overlaps: [] });
    // What is repeated is only what no journal said to be done.
    expect(verdict.journaledTwice).toEqual([]);
    expect(verdict.extra.length).toBeLessThanOrEqual(unknown);
    expect(refused.length).toBeGreaterThan(0);
  });

  it('control: when no replica must have it, acknowledged events are lost', async (test) => {
    const { rig, tookMs } = await failOver(test, 0);
    await rig.settle(30_000);
    rig.report('failover, control without replicas', { 'until taken over (ms)': tookMs });
    expect(rig.verdict().lost.length).toBeGreaterThan(0);
  });
});
