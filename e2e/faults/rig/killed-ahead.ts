import { delay, poll, type RedisCluster, type RedisServer } from '@bot/dev';
import { connectRedis } from '@bot/queue';

/** Between the end of replication and that of the primary. */
const asunderMs = 400;

/** How a primary died that had more than its replica. */
export interface KilledAhead {
  /** By `performance.now()`; what was written since went to the primary alone. */
  readonly asunderAt: number;
  /** By `performance.now()`. */
  readonly killedAt: number;
  /** From then until the replica had taken over, in ms. */
  readonly tookMs: number;
}

/**
 * Kills the primary of a key shortly after its replica had lost it. It comes back as the replica of
 * its replica.
 */
export async function killAheadOfReplica(
  cluster: RedisCluster,
  key: string,
  onAsunder: () => void = () => {},
): Promise<KilledAhead> {
  const primary = await cluster.primaryOf(key);
  const replica = cluster.nodes[cluster.nodes.indexOf(primary) + cluster.nodes.length / 2];
  if (!replica) throw new Error('The primary has no replica.');

  await ask(replica, 'CONFIG', 'SET', 'masterauth', 'not the password');
  onAsunder();
  const asunderAt = performance.now();
  await ask(primary, 'CLIENT', 'KILL', 'TYPE', 'replica');
  await delay(asunderMs);
  await primary.kill('SIGKILL');
  const killedAt = performance.now();
  const hasTakenOver = (): Promise<boolean> =>
    cluster.primaryOf(key).then(
      (now) => now === replica,
      () => false,
    );
  const took = await poll(hasTakenOver, { timeoutMs: 15_000, everyMs: 50 });
  if (!took) throw new Error('No replica took over within 15 s.');
  const tookMs = Math.round(performance.now() - killedAt);
  await primary.restart();
  return { asunderAt, killedAt, tookMs };
}

async function ask(server: RedisServer, ...words: [string, ...string[]]): Promise<void> {
  const redis = connectRedis({ url: server.url, role: 'worker' });
  await redis.call(...words);
  redis.disconnect();
}
