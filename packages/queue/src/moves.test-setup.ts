import { beforeEach } from 'vitest';
import { systemClock } from './clock.ts';
import { shardOf } from './keys.ts';
import { drain, stores, type Store } from './lanes.test-setup.ts';
import { gatherMovingShards, type MovingShard } from './moving-shards.ts';
import { openQueue, type Queue } from './queue.ts';
import { useRealRedis } from './queues.test-setup.ts';
import { createRedisShards, openMovingShards } from './redis-shards.ts';
import { openShardMove, type ShardMove } from './shard-move.ts';
import { gatherShards, type ShardChange, type Shards } from './shards.ts';
import { createMemoryMoves } from './testing/memory-moves.test-setup.ts';
import { MemoryShard } from './testing/memory-shard.ts';
import { openMemoryShard } from './testing/memory-shards.ts';

/** Shards for one test, to be opened with any setting, as processes of a queue do. */
export interface MovableShards {
  now: number;
  open(shards: number | ShardChange, owner?: string): Shards;
  openQueue(shards: number | ShardChange): Queue;
  openMoving(change: ShardChange): MovingShard[];
  move(change: ShardChange): ShardMove;
}

const changes: readonly ShardChange[] = [
  { count: 1, next: 3 },
  { count: 3, next: 2 },
];
/** In memory and in Redis, to more shards and to fewer. */
export const movingSettings: readonly ({ readonly store: Store } & ShardChange)[] = stores.flatMap(
  (store) => changes.map(({ count, next }) => ({ store, count, next })),
);

export const SEEN_MS = 60_000;
const times = { leaseMs: 4_000, graceMs: 2_000, seenMs: SEEN_MS };

export function useMovableShards(store: Store): MovableShards {
  const movable = {} as MovableShards;
  const now = (): number => movable.now;
  const make = store === 'Redis' ? makeReal(now) : makeMemory(now);
  beforeEach(() => {
    movable.now = 1_000_000;
    Object.assign(movable, make());
  });
  movable.openQueue = (shards) =>
    openQueue(movable.open(shards), async () => 0, { clock: { ...systemClock, now } });
  movable.move = (change) =>
    openShardMove(movable.openMoving(change), change, { seenMs: SEEN_MS, now });
  return movable;
}

type Make = () => Pick<MovableShards, 'open' | 'openMoving'>;

function makeReal(scriptTime: () => number): Make {
  const real = useRealRedis();
  return () => {
    const common = { redis: real.redis, prefix: real.newPrefix(), scriptTime, ...times };
    return {
      open: (shards, owner) => createRedisShards({ ...common, shards }, owner),
      openMoving: (shards) => openMovingShards({ ...common, shards }, shards),
    };
  };
}

function makeMemory(now: () => number): Make {
  return () => {
    const clock = { ...systemClock, now };
    const memory = Array.from({ length: 4 }, () => new MemoryShard(clock, times));
    const openMoving = ({ count, next }: ShardChange, owner = ''): MovingShard[] =>
      memory.slice(0, Math.max(count, next)).map((each) => {
        const shard = openMemoryShard(each, owner);
        return Object.assign(shard, { moves: createMemoryMoves(each, shard.lanes, count) });
      });
    return {
      openMoving,
      open: (shards, owner = '') =>
        typeof shards === 'number'
          ? gatherShards(memory.slice(0, shards).map((each) => openMemoryShard(each, owner)))
          : gatherMovingShards(openMoving(shards, owner), shards),
    };
  };
}

/** Names of lanes that change their shard, or stay in it. */
export function lanesThat(what: 'move' | 'stay', { count, next }: ShardChange): string[] {
  const names = Array.from({ length: 40 }, (_, index) => `lane-${index}`);
  return names.filter(
    (lane) => (shardOf(lane, count) === shardOf(lane, next)) === (what === 'stay'),
  );
}

/** Handles all that waits in one shard's lane, and answers the ids in their order. */
export async function drainIn(shards: Shards, place: number, lane: string): Promise<string[]> {
  const shard = shards.all[place];
  return shard
    ? drain({ ...shard, take: (id) => shard.lanes.take({ lane: id, mostLost: 9 }) }, lane)
    : [];
}
