import type { Clock } from '../clock.ts';

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /**
   * Moves time on. What was waited for ends at its time, in order, and what follows from it happens
   * before time goes on.
   */
  advance(ms: number): Promise<void>;
}

/**
 * A clock for tests, for `createMemoryQueue` among others.
 *
 * @param start Milliseconds since 1970; default 0.
 *
 * @example
 * const clock = createManualClock();
 * const { queue, work } = createMemoryQueue({ clock });
 * await queue.add(reminder, { delayMs: 24 * 60 * 60 * 1_000 });
 * await clock.advance(24 * 60 * 60 * 1_000);
 */
export function createManualClock(start = 0): ManualClock {
  let now = start;
  const timers = new Set<{ readonly at: number; readonly end: () => void }>();
  return {
    now: () => now,
    monotonic: () => now - start,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const end = (): void => {
          timers.delete(timer);
          signal.removeEventListener('abort', end);
          resolve();
        };
        const timer = { at: now + ms, end };
        timers.add(timer);
        signal.addEventListener('abort', end, { once: true });
      }),
    after(ms, run) {
      const end = (): void => {
        timers.delete(timer);
        run();
      };
      const timer = { at: now + ms, end };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const until = now + ms;
      await settled();
      for (let next = earliest(); next && next.at <= until; next = earliest()) {
        now = Math.max(now, next.at);
        next.end();
        await settled();
      }
      now = until;
    },
  };

  function earliest(): { readonly at: number; readonly end: () => void } | undefined {
    return [...timers].toSorted((one, other) => one.at - other.at)[0];
  }
}

/** Once everything that does not wait for time has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
