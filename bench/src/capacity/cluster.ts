import { once } from 'node:events';
import { startRedisCluster, type RedisCluster } from '@bot/dev';
import { connectRedis, createQueue, createWorker, type RedisConnection } from '@bot/queue';
import { createCountdown } from '../countdown.ts';
import { cpuSeconds } from '../cpu.ts';
import { madeUpEvents } from '../made-up-event.ts';
import type { Figure } from '../result.ts';
import { inTurn } from '../rounds.ts';
import { partsOf, sideBySide } from '../side-by-side.ts';

const rounds = 3;
const primaries = 3;
const events = madeUpEvents(10_000, 2_500);
const found = {
  rate: 'messages a second',
  primaries: 'CPU of the primaries, µs each',
  replicas: 'CPU of the replicas, µs each',
  busiest: "the busiest primary's part of it, %",
};

/** How many shards, and how many replicas must have what is written before it counts. */
interface Setting {
  readonly name: string;
  readonly shards: number;
  readonly replicas: number;
}

const settings: readonly Setting[] = [
  ...[1, 2, 3, 6].map((shards) => ({ name: `shards: ${shards}`, shards, replicas: 0 })),
  { name: 'shards: 3, on a replica too', shards: 3, replicas: 1 },
];

/**
 * Events accepted, taken, a step each, and finished, over a Cluster of three primaries with a
 * replica each on this machine. All of them share its cores with the queue itself, so that more
 * shards cannot bring more messages a second here: what counts is the CPU that Redis takes for a
 * message, and how it spreads over the primaries.
 */
export async function benchCluster(): Promise<Figure[]> {
  const cluster = await startRedisCluster({ primaries, replicasPerPrimary: 1 });
  const redis = connectRedis({ url: cluster.url, role: 'worker' });
  try {
    await once(redis, 'ready');
    for (const { name, shards } of settings.slice(0, -1)) {
      const spread = (await homesOf(cluster, shards)).join(' + ');
      process.stdout.write(`  ${name.padEnd(30)}on the primaries: ${spread}\n`);
    }
    const measured = await inTurn('a Cluster', rounds, settings, async (setting) => {
      const figures = await run(cluster, redis, setting);
      for (const node of primaryConnections(redis)) await node.flushall('SYNC');
      return figures;
    });
    return settings.flatMap(({ name }): Figure[] => [
      {
        what: `a Cluster, ${name}: messages a second`,
        unit: 'a second',
        values: measured.values(name, found.rate),
      },
      {
        what: `a Cluster, ${name}: CPU of the primaries for a message`,
        unit: 'µs',
        values: measured.values(name, found.primaries),
      },
      {
        what: `a Cluster, ${name}: the busiest primary's part`,
        unit: '%',
        values: measured.values(name, found.busiest),
      },
    ]);
  } finally {
    redis.disconnect();
    await cluster.close();
  }
}

async function run(
  cluster: RedisCluster,
  redis: RedisConnection,
  { shards, replicas }: Setting,
): Promise<Record<string, number>> {
  const handled = createCountdown(events.length);
  const where = { redis, shards, replicas };
  const queue = createQueue(where);
  const before = cluster.nodes.map(({ pid }) => cpuSeconds(pid));
  const begun = performance.now();
  const worker = createWorker({
    ...where,
    handle: async (_, turn) => void (await turn.step('answer', async () => 'done')),
    observer: { handled: handled.one },
  });
  await sideBySide(64, partsOf(events, 10), (part) => queue.add(part));
  await handled.done;
  const seconds = (performance.now() - begun) / 1_000;
  const used = cluster.nodes.map(({ pid }, index) => cpuSeconds(pid) - (before[index] ?? 0));
  await worker.close();
  await queue.close();
  const ofPrimaries = sum(used.slice(0, primaries));
  return {
    [found.rate]: events.length / seconds,
    [found.primaries]: (ofPrimaries / events.length) * 1_000_000,
    [found.replicas]: (sum(used.slice(primaries)) / events.length) * 1_000_000,
    [found.busiest]: (Math.max(...used.slice(0, primaries)) / ofPrimaries) * 100,
  };
}

/** How many of the shards live on each primary. */
async function homesOf(cluster: RedisCluster, shards: number): Promise<number[]> {
  const homes = await Promise.all(
    Array.from({ length: shards }, (_, shard) => cluster.primaryOf(`{bot:${shard}}`)),
  );
  return cluster.nodes
    .slice(0, primaries)
    .map((primary) => homes.filter((home) => home === primary).length);
}

function primaryConnections(
  redis: RedisConnection,
): Exclude<RedisConnection, { nodes: unknown }>[] {
  return 'nodes' in redis ? redis.nodes('master') : [redis];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
