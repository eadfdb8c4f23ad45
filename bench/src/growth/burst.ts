import { createQueue, createWorker, type QueueEvent } from '@bot/queue';
import { ownCpu } from '../compare.ts';
import { createCountdown } from '../countdown.ts';
import type { MeteredRedis } from '../private-redis.ts';
import { partsOf, sideBySide } from '../side-by-side.ts';

/** µs for each event, by what was used. */
export const costs = {
  redis: 'CPU of Redis, µs each',
  own: 'CPU of queue and worker, µs each',
  both: 'CPU of all, µs each',
};

/** What Redis and this process pay while these events are accepted, taken and finished. */
export async function burst(
  { redis, cpu }: MeteredRedis,
  events: readonly QueueEvent[],
  shards = 1,
): Promise<Record<string, number>> {
  const handled = createCountdown(events.length);
  const queue = createQueue({
    redis,
    shards,
    // What waits already is none of this.
    backpressure: { refuse: { events: Infinity } },
  });
  const worker = createWorker({
    redis,
    shards,
    handle: async () => {},
    observer: { handled: handled.one },
  });
  const [redisBefore, ownBefore] = [await cpu.read(), await ownCpu.read()];
  await sideBySide(64, partsOf(events, 10), (part) => queue.add(part));
  await handled.done;
  const own = ((await ownCpu.read()) - ownBefore) / events.length;
  const ofRedis = ((await cpu.read()) - redisBefore) / events.length;
  await worker.close();
  await queue.close();
  return { [costs.redis]: ofRedis, [costs.own]: own, [costs.both]: ofRedis + own };
}
