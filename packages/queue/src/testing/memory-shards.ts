import type { Clock } from '../clock.ts';
import type { LaneTimes } from '../lanes.ts';
import { gatherShards, laneTimesOf, type Shard, type Shards } from '../shards.ts';
import { assertWhole } from '../whole-number.ts';
import { createMemoryDeadLetterBox } from './memory-dead-letters.ts';
import { createMemoryLanes } from './memory-lanes.ts';
import { MemoryShard } from './memory-shard.ts';

export interface MemoryShardOptions extends Partial<LaneTimes> {
  readonly shards?: number;
  readonly clock: Clock;
}

/** Shards in memory, to be opened by a queue and any number of workers; each says who takes lanes. */
export function createMemoryShards(options: MemoryShardOptions): (owner: string) => Shards {
  const { shards: count = 1, clock } = options;
  assertWhole('shards', count, 1);
  const times = laneTimesOf(options);
  const shards = Array.from({ length: count }, () => new MemoryShard(clock, times));
  return (owner) => gatherShards(shards.map((shard) => openMemoryShard(shard, owner)));
}

export function openMemoryShard(shard: MemoryShard, owner: string): Shard {
  return {
    lanes: createMemoryLanes(shard, owner),
    wakeUps: shard.wakeUps,
    deadLetters: createMemoryDeadLetterBox(shard),
  };
}
