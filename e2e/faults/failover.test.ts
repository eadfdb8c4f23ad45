import { delay, startRedisCluster } from '@bot/dev';
import { describe, expect, it, type TestContext } from 'vitest';
import { seed, sized } from './rig/form.ts';
import { killAheadOfReplica } from './rig/killed-ahead.ts';
import { startRig, type Rig } from './rig/rig.ts';

/** Short of the time in which a Cluster is without one of its primaries. */
const nodeTimeoutMs = 1_000;
const shards = 6;
/** Of the shard whose primary is killed. */
const shardKey = '{bot:0}';
/** So slow that many events were acknowledged and have had no effect yet when the primary dies. */
const latencyMs = 100;
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

/** Kills the primary of a shard under load, ahead of its replica. */
async function failOver({ onTestFinished }: TestContext, replicas: number): Promise<Failover> {
  const cluster = await startRedisCluster({ replicasPerPrimary: 1, nodeTimeoutMs });
  onTestFinished(() => cluster.close());
  const rig = await startRig({ seed, traffic, redis: cluster, shards, replicas, latencyMs });
  onTestFinished(() => rig.close());
  await delay(2_000);
  let inFlight = 0;
  const { asunderAt, killedAt, tookMs } = await killAheadOfReplica(cluster, shardKey, () => {
    inFlight = rig.inFlight().length;
  });
  const since = rig.books.effects.filter(({ at }) => at > asunderAt && at < killedAt);
  return { rig, unknown: inFlight + since.length, tookMs };
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
