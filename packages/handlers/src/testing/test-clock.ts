import type { Clock } from '../clock.ts';

/** A clock that stands until it is moved. */
export interface TestClock extends Clock {
  /** Moves it, never back; whoever waited for a time up to then goes on. */
  moveTo(time: number): void;
}

export function createTestClock(startAt: number): TestClock {
  const waiting = new Set<{ readonly at: number; readonly run: () => void }>();
  let time = startAt;
  return {
    now: () => time,
    after(ms, run) {
      const timer = { at: time + ms, run };
      waiting.add(timer);
      return () => void waiting.delete(timer);
    },
    moveTo(later) {
      time = Math.max(time, later);
      for (const timer of waiting) {
        if (timer.at > time) continue;
        waiting.delete(timer);
        timer.run();
      }
    },
  };
}

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * `25h`, `1.5s`, `10m` or `7d` in milliseconds.
 *
 * @throws {TypeError} for anything else.
 */
export function durationMs(text: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/.exec(text) ?? [];
  if (amount === undefined) {
    throw new TypeError(`A duration looks like 25h, 1.5s, 10m or 7d, got ${text}.`);
  }
  return Number(amount) * (units[unit] ?? 0);
}
