import { createBullmqWakeUps } from './bullmq-wake-ups.ts';
import { InputError } from './errors.ts';
import { shardPrefix } from './keys.ts';
import type { LaneTimes } from './lanes.ts';
import { createRedisDeadLetterBox } from './redis-dead-letters.ts';
import { gatherMovingShards, type MovingShard } from './moving-shards.ts';
import { createRedisLanes, type RedisLanesOptions } from './redis-lanes.ts';
import { createRedisMoves } from './redis-moves.ts';
import type { RedisConnection } from './redis.ts';
import {
  countShards,
  gatherShards,
  laneTimesOf,
  type Shard,
  type ShardChange,
  type Shards,
} from './shards.ts';
import { assertWhole } from './whole-number.ts';

/** Where lanes are kept; every process of a queue must say the same. */
export interface ShardOptions extends Partial<LaneTimes> {
  /** An open connection, see {@link connectRedis}; it is not closed with the queue. */
  readonly redis: RedisConnection;
  /** First part of every key, inside the hash tag. Default `bot`. */
  readonly prefix?: string;
  /**
   * How many parts the lanes are spread over; the same number in every process. Default 1. While they
   * move to another number it is both; see {@link createShardMove}.
   */
  readonly shards?: number | ShardChange;
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
export function shardPrefixes({ prefix = 'bot', shards = 1 }: Layout): string[] {
  const count = countShards(shards);
  if (!/^[\w.-]+$/.test(prefix)) {
    throw new InputError(`prefix must consist of letters, digits, "_", "." and "-".`);
  }
  return Array.from({ length: count }, (_, index) => shardPrefix(prefix, index));
}

/** Where the shards are, and how many. */
export type Layout = Pick<ShardOptions, 'prefix' | 'shards'>;

/** @param owner Who takes lanes, see {@link createRedisLanes}; producers take none. */
export function createRedisShards(options: ShardOptions, owner = ''): Shards {
  const { shards: change = 1 } = options;
  return typeof change === 'number'
    ? gatherShards(openShards(options, owner).map(({ shard }) => shard))
    : gatherMovingShards(openMovingShards(options, change, owner), change);
}

/** As many as the larger number says. */
export function openMovingShards(
  options: ShardOptions,
  shards: ShardChange,
  owner = '',
): MovingShard[] {
  return openShards({ ...options, shards }, owner).map(({ shard, lanes }) =>
    Object.assign(shard, { moves: createRedisMoves(lanes) }),
  );
}

function openShards(
  options: ShardOptions,
  owner: string,
): { readonly shard: Shard; readonly lanes: RedisLanesOptions }[] {
  const { redis, shards, scriptTime: now = () => 0 } = options;
  const replication = {
    replicas: options.replicas ?? 0,
    timeoutMs: options.replicaTimeoutMs ?? 500,
  };
  assertWhole('replicas', replication.replicas, 0);
  assertWhole('replicaTimeoutMs', replication.timeoutMs, 1);
  const times = laneTimesOf(options);
  return shardPrefixes(options).map((prefix) => {
    const lanes = { redis, prefix, times, replication, now, owner, shards };
    return {
      lanes,
      shard: {
        lanes: createRedisLanes(lanes),
        wakeUps: createBullmqWakeUps(redis, prefix),
        deadLetters: createRedisDeadLetterBox(redis, prefix, times.graceMs, now, shards),
      },
    };
  });
}
