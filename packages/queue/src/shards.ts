import { createDeadLetterBox, type DeadLetterBox } from './dead-letters.ts';
import { InputError } from './errors.ts';
import { shardOf, shardPrefix } from './keys.ts';
import type { Lanes, LaneTimes } from './lanes.ts';
import { createRedisLanes } from './redis-lanes.ts';
import type { RedisConnection } from './redis.ts';
import { createWakeUps, type WakeUps } from './wake-ups.ts';

/** Where lanes are kept; every process of a queue must say the same. */
export interface ShardOptions extends Partial<LaneTimes> {
  /** An open connection, see {@link connectRedis}; it is not closed with the queue. */
  readonly redis: RedisConnection;
  /** First part of every key, inside the hash tag. Default `bot`. */
  readonly prefix?: string;
  /** How many parts the lanes are spread over; the same number in every process. Default 1. */
  readonly shards?: number;
  /**
   * Replicas that must have an accepted event, a confirmation or a step's state before it counts
   * (Redis' `WAIT`), so that it survives the failover of a Cluster or of Sentinel. Default 0.
   */
  readonly replicas?: number;
  /** How long to wait for the replicas, in ms, before it is refused. Default 500. */
  readonly replicaTimeoutMs?: number;
  /** Time of the scripts in ms; default Redis' own clock, so that machines need not agree. */
  readonly scriptTime?: () => number;
}

/** The defaults: leases of 4 s, 2 s of grace, ids remembered for 48 h. */
export const laneTimes: LaneTimes = {
  leaseMs: 4_000,
  graceMs: 2_000,
  seenMs: 48 * 60 * 60 * 1_000,
};

/** A part of the lanes, with all that belongs to them. */
export interface Shard {
  readonly lanes: Lanes;
  readonly wakeUps: WakeUps;
  readonly deadLetters: DeadLetterBox;
}

export interface Shards {
  readonly all: readonly Shard[];
  of(lane: string): Shard;
  /** Adds jobs for lanes, each in its shard. */
  wake(lanes: readonly string[], delayMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** @param owner Who takes lanes, see {@link createRedisLanes}; producers take none. */
export function createRedisShards(options: ShardOptions, owner = ''): Shards {
  const { redis, prefix = 'bot', shards: count = 1, scriptTime: now = () => 0 } = options;
  assertWhole('shards', count, 1);
  const replication = {
    replicas: options.replicas ?? 0,
    timeoutMs: options.replicaTimeoutMs ?? 500,
  };
  assertWhole('replicas', replication.replicas, 0);
  assertWhole('replicaTimeoutMs', replication.timeoutMs, 1);
  if (!/^[\w.-]+$/.test(prefix)) {
    throw new InputError(`prefix must consist of letters, digits, "_", "." and "-".`);
  }
  const times: LaneTimes = {
    leaseMs: options.leaseMs ?? laneTimes.leaseMs,
    graceMs: options.graceMs ?? laneTimes.graceMs,
    seenMs: options.seenMs ?? laneTimes.seenMs,
  };
  const tags = Array.from({ length: count }, (_, index) => shardPrefix(prefix, index));
  return gatherShards(
    tags.map((tag) => ({
      lanes: createRedisLanes({ redis, prefix: tag, times, replication, now, owner }),
      wakeUps: createWakeUps(redis, tag),
      deadLetters: createDeadLetterBox(redis, tag, times.graceMs, now),
    })),
  );
}

export function gatherShards(all: readonly Shard[]): Shards {
  const of = (lane: string): Shard => all[shardOf(lane, all.length)] as Shard;
  return {
    all,
    of,
    async wake(lanes, delayMs) {
      const byShard = Map.groupBy(lanes, of);
      await Promise.all([...byShard].map(([shard, some]) => shard.wakeUps.add(some, delayMs)));
    },
    async close() {
      await Promise.all(all.map((shard) => shard.wakeUps.close()));
    },
  };
}

function assertWhole(option: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new InputError(`${option} must be a whole number of at least ${least}, got ${value}.`);
}
