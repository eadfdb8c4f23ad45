import { createDeadLetterBox, type DeadLetterBox } from './dead-letters.ts';
import { InputError } from './errors.ts';
import { shardOf, shardPrefix } from './keys.ts';
import { createLanes, type Lanes, type LaneTimes } from './lanes.ts';
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
  /** Time of the scripts in ms; default Redis' own clock, so that machines need not agree. */
  readonly scriptTime?: () => number;
}

/** The defaults: leases of 4 s, 2 s of grace, ids remembered for 48 h. */
export const laneTimes: LaneTimes = {
  leaseMs: 4_000,
  graceMs: 2_000,
  seenMs: 48 * 60 * 60 * 1_000,
};

export interface Shard {
  readonly prefix: string;
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

export function createShards(options: ShardOptions): Shards {
  const { redis, prefix = 'bot', shards: count = 1, scriptTime = () => 0 } = options;
  if (!Number.isInteger(count) || count < 1) {
    throw new InputError(`shards must be a whole number of at least 1, got ${count}.`);
  }
  if (!/^[\w.-]+$/.test(prefix)) {
    throw new InputError(`prefix must consist of letters, digits, "_", "." and "-".`);
  }
  const times: LaneTimes = {
    leaseMs: options.leaseMs ?? laneTimes.leaseMs,
    graceMs: options.graceMs ?? laneTimes.graceMs,
    seenMs: options.seenMs ?? laneTimes.seenMs,
  };
  const all = Array.from({ length: count }, (_, index): Shard => {
    const tag = shardPrefix(prefix, index);
    return {
      prefix: tag,
      lanes: createLanes(redis, tag, times, scriptTime),
      wakeUps: createWakeUps(redis, tag),
      deadLetters: createDeadLetterBox(redis, tag, times.graceMs, scriptTime),
    };
  });
  const of = (lane: string): Shard => all[shardOf(lane, count)] as Shard;

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
