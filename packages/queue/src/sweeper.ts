import type { Clock } from './clock.ts';
import type { Shard } from './shards.ts';

const LANES_A_SWEEP = 256;
/** With more jobs than these waiting, hints are not what is missing. */
const ENOUGH_JOBS = 64;

/**
 * Puts delayed events into their lanes when they are due, and wakes lanes that nobody touched in
 * time, until the signal aborts. While jobs pile up it wakes a bounded number a round, so that a
 * slow hour does not bury the queue under hints.
 */
export async function sweep(options: {
  readonly shard: Shard;
  readonly everyMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onSwept: (lanes: number) => void;
  readonly onError: (error: unknown) => void;
}): Promise<void> {
  const { shard, clock, signal, everyMs } = options;
  while (!signal.aborted) {
    let waitMs = everyMs;
    try {
      let full: boolean;
      do {
        const { woken, found, nextDueMs = everyMs } = await shard.lanes.sweep(LANES_A_SWEEP);
        await shard.wakeUps.add([...woken, ...found]);
        if (found.length > 0) options.onSwept(found.length);
        full = found.length === LANES_A_SWEEP;
        waitMs = Math.min(everyMs, nextDueMs);
      } while (full && !signal.aborted && (await shard.wakeUps.waiting()) < ENOUGH_JOBS);
    } catch (error) {
      if (!signal.aborted) options.onError(error);
    }
    await clock.wait(waitMs, signal);
  }
}
