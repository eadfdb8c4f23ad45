import type { Clock } from '../clock.ts';

/** A clock on which every pause is over at once, and which remembers how long each was. */
export interface InstantClock extends Clock {
  readonly pauses: number[];
  /** Time goes on without anybody waiting. */
  pass(ms: number): void;
}

export function createInstantClock(startMs = 1_764_000_000_000): InstantClock {
  let now = startMs;
  const pauses: number[] = [];
  return {
    pauses,
    now: () => now,
    pass(ms) {
      now += ms;
    },
    async sleep(ms, signal) {
      signal.throwIfAborted();
      pauses.push(ms);
      now += ms;
    },
  };
}
