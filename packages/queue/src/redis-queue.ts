import type { BackpressureOptions } from './backpressure.ts';
import type { Clock } from './clock.ts';
import { openQueue, type Queue } from './queue.ts';
import { memoryShare } from './redis-memory.ts';
import { createRedisShards, type ShardOptions } from './redis-shards.ts';

/** Where the queue lives, as the worker needs it too, and how much it may hold. */
export interface QueueOptions extends ShardOptions {
  readonly backpressure?: BackpressureOptions;
  readonly clock?: Clock;
}

/**
 * The producer's side of the lanes.
 *
 * @example
 * const queue = createQueue({ redis: connectRedis({ url, role: 'producer' }) });
 * await queue.add([{ id: 'm1', lane: 'ann', timestamp: 1700000000000, data: { text: 'hi' } }]);
 */
export function createQueue(options: QueueOptions): Queue {
  return openQueue(createRedisShards(options), () => memoryShare(options.redis), options);
}
