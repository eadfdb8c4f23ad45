import { systemClock, type Clock } from './clock.ts';
import type { RedisFinding } from './fitness.ts';
import { openMovingShards, shardPrefixes, type Layout, type ShardOptions } from './redis-shards.ts';
import type { RedisConnection } from './redis.ts';
import { loadScript } from './scripts.ts';
import { openShardMove, type ShardMove } from './shard-move.ts';
import { laneTimesOf, type ShardChange } from './shards.ts';

/** Where the queue lives, with both numbers of its shards. */
export interface ShardMoveOptions extends ShardOptions {
  readonly shards: ShardChange;
  readonly clock?: Clock;
}

/**
 * Moves the lanes of a running queue to another number of shards.
 *
 * @example
 * const move = createShardMove({ redis, shards: { count: 1, next: 4 } });
 * console.log(await move.advance());
 */
export function createShardMove(options: ShardMoveOptions): ShardMove {
  const { shards, clock = systemClock } = options;
  const { seenMs } = laneTimesOf(options);
  return openShardMove(openMovingShards(options, shards), shards, {
    seenMs,
    now: () => clock.now(),
  });
}

/**
 * Whether the lanes are spread over as many shards as this process believes; the first process of a
 * queue writes that down. One that is mistaken must stop, since it would look for lanes in the wrong
 * place.
 */
export async function inspectShards(
  redis: RedisConnection,
  layout: Layout,
): Promise<readonly RedisFinding[]> {
  const { shards = 1 } = layout;
  const { count, next } = typeof shards === 'number' ? { count: shards, next: undefined } : shards;
  const [first = ''] = shardPrefixes(layout);
  const held = (await loadScript(redis, 'layout')(first, [count, ''])) as string;
  const [written = ''] = held.split('@');
  const begun = `${count}>${next}`;
  if ([`${count}`, ...(next === undefined ? [] : [begun, `${next}`])].includes(written)) return [];
  const [is, becomes] = written.split('>');
  const truth = becomes === undefined ? `${is}` : `${is} and becomes ${becomes}`;
  const message = `The queue's number of shards is ${truth}, not ${next === undefined ? count : begun}: set it so. Another number needs a move.`;
  return [{ kind: 'refused', message }];
}
