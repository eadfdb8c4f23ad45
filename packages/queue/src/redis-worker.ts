import { createRedisShards, type ShardOptions } from './redis-shards.ts';
import { runWorker, type TurnOptions, type Worker } from './worker.ts';

/** What a worker runs, and how much of it; and where its lanes are, as for the queue. */
export interface WorkerOptions extends ShardOptions, TurnOptions {}

/**
 * Takes lanes from the queue and runs their turns: one at a time and in order within a lane,
 * lanes side by side. The connection must have the role `worker`; it is not closed.
 *
 * @example
 * const worker = createWorker({
 *   redis: connectRedis({ url, role: 'worker' }),
 *   handle: async (event, turn) => {
 *     await turn.step('greet', () => greet(event.lane));
 *   },
 * });
 */
export function createWorker(options: WorkerOptions): Worker {
  return runWorker((owner) => createRedisShards(options, owner), options);
}
