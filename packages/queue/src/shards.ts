import type { DeadLetterBox } from './dead-letters.ts';
import { shardOf } from './keys.ts';
import type { Lanes, LaneTimes } from './lanes.ts';
import type { WakeUps } from './wake-ups.ts';
import { assertWhole } from './whole-number.ts';

/** The defaults: leases of 4 s, 2 s of grace, ids remembered for 48 h. */
export const laneTimes: LaneTimes = {
  leaseMs: 4_000,
  graceMs: 2_000,
  seenMs: 48 * 60 * 60 * 1_000,
};

/** A queue that goes on while its lanes move to another number of shards. */
export interface ShardChange {
  /** How many there were when it began. */
  readonly count: number;
  /** How many there will be. */
  readonly next: number;
}

/** How many shards are in use; both numbers while lanes move. */
export function countShards(shards: number | ShardChange): number {
  if (typeof shards === 'number') {
    assertWhole('shards', shards, 1);
    return shards;
  }
  assertWhole('shards.count', shards.count, 1);
  assertWhole('shards.next', shards.next, 1);
  return Math.max(shards.count, shards.next);
}

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

/** What is asked of a lane from outside, wherever it is. */
export type LaneDoor = Pick<
  Lanes,
  'accept' | 'delay' | 'cancel' | 'confirm' | 'forget' | 'inspect' | 'events'
>;

export interface Shards {
  readonly all: readonly Shard[];
  /** The dead letters of all of them. */
  readonly deadLetters: readonly DeadLetterBox[];
  /** Lanes in the same place have the same door. */
  doorOf(lane: string): LaneDoor;
  /** Adds jobs for lanes, each in its shard. */
  wake(lanes: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export function gatherShards(all: readonly Shard[]): Shards {
  const of = (lane: string): Shard => all[shardOf(lane, all.length)] as Shard;
  return {
    all,
    deadLetters: all.map(({ deadLetters }) => deadLetters),
    doorOf: (lane) => of(lane).lanes,
    async wake(lanes) {
      if (lanes.length === 0) return;
      const byShard = Map.groupBy(lanes, of);
      await Promise.all([...byShard].map(([shard, some]) => shard.wakeUps.add(some)));
    },
    async close() {
      await Promise.all(all.map((shard) => shard.wakeUps.close()));
    },
  };
}
