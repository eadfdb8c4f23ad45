import type { DeadLetterBox } from './dead-letters.ts';
import { shardOf } from './keys.ts';
import type { Lanes, LaneTimes } from './lanes.ts';
import type { WakeUps } from './wake-ups.ts';

/** The defaults: leases of 4 s, 2 s of grace, ids remembered for 48 h. */
export const laneTimes: LaneTimes = {
  leaseMs: 4_000,
  graceMs: 2_000,
  seenMs: 48 * 60 * 60 * 1_000,
};

/** Those given, and the defaults for the rest. */
export function laneTimesOf(given: Partial<LaneTimes>): LaneTimes {
  return {
    leaseMs: given.leaseMs ?? laneTimes.leaseMs,
    graceMs: given.graceMs ?? laneTimes.graceMs,
    seenMs: given.seenMs ?? laneTimes.seenMs,
  };
}

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

export function gatherShards(all: readonly Shard[]): Shards {
  const of = (lane: string): Shard => all[shardOf(lane, all.length)] as Shard;
  return {
    all,
    of,
    async wake(lanes, delayMs) {
      if (lanes.length === 0) return;
      const byShard = Map.groupBy(lanes, of);
      await Promise.all([...byShard].map(([shard, some]) => shard.wakeUps.add(some, delayMs)));
    },
    async close() {
      await Promise.all(all.map((shard) => shard.wakeUps.close()));
    },
  };
}
