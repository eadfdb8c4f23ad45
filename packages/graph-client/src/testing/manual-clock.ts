import type { Clock } from '../clock.ts';

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves time on and runs what has become due, in order. */
  advance(ms: number): void;
  /** Timers that are neither due nor stopped. */
  readonly pending: number;
}

export function createManualClock(): ManualClock {
  let now = 0;
  let timers: readonly { due: number; run: () => void }[] = [];
  return {
    get pending() {
      return timers.length;
    },
    after(ms, run) {
      const timer = { due: now + ms, run };
      timers = [...timers, timer];
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      now += ms;
      const due = timers.filter((timer) => timer.due <= now);
      timers = timers.filter((timer) => timer.due > now);
      for (const { run } of due.toSorted((one, other) => one.due - other.due)) {
        run();
      }
    },
  };
}
