import { createBullmqWakeUps } from './bullmq-wake-ups.ts';
import { InputError } from './errors.ts';
import { shardPrefix } from './keys.ts';
import type { LaneTimes } from './lanes.ts';
import { createRedisDeadLetterBox } from './redis-dead-letters.ts';
import { createRedisLanes } from './redis-lanes.ts';
import type { RedisConnection } from './redis.ts';
import { gatherShards, laneTimesOf, type Shards } from './shards.ts';
import { assertWhole } from './whole-number.ts';

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

/** First part of all keys of each shard. */
export function shardPrefixes({ prefix = 'bot', shards: count = 1 }: ShardOptions): string[] {
  assertWhole('shards', count, 1);
  if (!/^[\w.-]+$/.test(prefix)) {
    throw new InputError(`prefix must consist of letters, digits, "_", "." and "-".`);
  }
  return Array.from({ length: count }, (_, index) => shardPrefix(prefix, index));
}

/** @param owner Who takes lanes, see {@link createRedisLanes}; producers take none. */
export function createRedisShards(options: ShardOptions, owner = ''): Shards {
  const { redis, scriptTime: now = () => 0 } = options;
  const replication = {
    replicas: options.replicas ?? 0,
    timeoutMs: options.replicaTimeoutMs ?? 500,
  };
  assertWhole('replicas', replication.replicas, 0);
  assertWhole('replicaTimeoutMs', replication.timeoutMs, 1);
  const times = laneTimesOf(options);
  return gatherShards(
    shardPrefixes(options).map((tag) => ({
      lanes: createRedisLanes({ redis, prefix: tag, times, replication, now, owner }),
      wakeUps: createBullmqWakeUps(redis, tag),
      deadLetters: createRedisDeadLetterBox(redis, tag, times.graceMs, now),
    })),
  );
}
