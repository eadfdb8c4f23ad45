import type { Clock } from '../clock.ts';

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves time on and runs what has become due, in order. */
  advance(ms: number): void;
  /** Timers that are neither due nor stopped. */
  readonly pending: number;
}

/**
 * A clock for tests.
 *
 * @param start Milliseconds since 1970; default 0.
 *
 * @example
 * const clock = createManualClock();
 * const graph = createGraphClient({ accessToken: 'token', transport, clock });
 * const sending = graph.messages.sendText({ to: psid, text: 'xin chào' });
 * clock.advance(10_000); // the call's time is up
 */
export function createManualClock(start = 0): ManualClock {
  let now = start;
  let timers: readonly { due: number; run: () => void }[] = [];
  return {
    get pending() {
      return timers.length;
    },
    now: () => now,
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
