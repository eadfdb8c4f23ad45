import type { Queue } from 'bullmq';
import { openJobQueue } from './bullmq-wake-ups.ts';
import { shardPrefixes, type ShardOptions } from './redis-shards.ts';

/** BullMQ's own queue of a shard. Its jobs are hints to look at lanes, and hold lane ids alone. */
export type JobQueue = Queue<{ readonly lanes: readonly string[] }>;

/**
 * BullMQ's queue of each shard, for dashboards and the like: look, and change nothing. Close them
 * yourself, and make them once Redis is there: one that is made before stays broken.
 *
 * @example
 * const [jobs] = openJobQueues({ redis });
 * console.log(await jobs?.getJobCounts());
 * await jobs?.close();
 *
 * @throws {InputError} an option breaks a rule, as for {@link createQueue}.
 */
export function openJobQueues(options: ShardOptions): JobQueue[] {
  return shardPrefixes(options).map((prefix) => openJobQueue(options.redis, prefix));
}
