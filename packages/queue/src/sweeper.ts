import type { Clock } from './clock.ts';
import type { Shard } from './shards.ts';

const LANES_A_SWEEP = 256;
/** With more jobs than these waiting, hints are not what is missing. */
const ENOUGH_JOBS = 64;

/**
 * Wakes lanes that nobody touched in time, until the signal aborts. While jobs pile up it wakes
 * a bounded number a round, so that a slow hour does not bury the queue under hints.
 */
export async function sweep(options: {
  readonly shard: Shard;
  readonly everyMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onSwept: (lanes: number) => void;
  readonly onError: (error: unknown) => void;
}): Promise<void> {
  const { shard, clock, signal } = options;
  while (!signal.aborted) {
    try {
      let found: string[];
      do {
        found = await shard.lanes.sweep(LANES_A_SWEEP);
        await shard.wakeUps.add(found);
        if (found.length > 0) options.onSwept(found.length);
      } while (
        found.length === LANES_A_SWEEP &&
        !signal.aborted &&
        (await shard.wakeUps.waiting()) < ENOUGH_JOBS
      );
    } catch (error) {
      if (!signal.aborted) options.onError(error);
    }
    await clock.wait(options.everyMs, signal);
  }
}
