/** How much of its Send API allowance the Page used, for `X-Business-Use-Case-Usage`. */
export interface Usage {
  /** Counts a call that took so long. */
  count(nowMs: number, tookMs: number): void;
  /** The header's value: percentages of the last minute. */
  header(nowMs: number): string;
}

/** 300 text sends a second for each Page (Meta's Rate Limiting page, 2026-03-23). */
const CALLS_A_SECOND = 300;
const WINDOW_S = 60;

/** The emulator only reports use; it does not throttle yet. */
export function createUsage(pageId: string): Usage {
  let seconds: { second: number; calls: number; ms: number }[] = [];

  function recent(nowMs: number): typeof seconds {
    const oldest = Math.floor(nowMs / 1000) - WINDOW_S;
    if ((seconds[0]?.second ?? oldest + 1) <= oldest) {
      seconds = seconds.filter(({ second }) => second > oldest);
    }
    return seconds;
  }

  return {
    count(nowMs, tookMs) {
      const second = Math.floor(nowMs / 1000);
      const last = recent(nowMs).at(-1);
      if (last?.second === second) {
        last.calls += 1;
        last.ms += tookMs;
      } else {
        seconds.push({ second, calls: 1, ms: tookMs });
      }
    },
    header(nowMs) {
      const window = recent(nowMs);
      const calls = window.reduce((sum, { calls: count }) => sum + count, 0);
      const ms = window.reduce((sum, { ms: time }) => sum + time, 0);
      const time = percent(ms, WINDOW_S * 1000);
      const use = {
        type: 'messenger',
        call_count: percent(calls, CALLS_A_SECOND * WINDOW_S),
        total_cputime: time,
        total_time: time,
        estimated_time_to_regain_access: 0,
      };
      return JSON.stringify({ [pageId]: [use] });
    },
  };
}

/** Rounded up, so that any use shows. */
function percent(part: number, whole: number): number {
  return Math.min(100, Math.ceil((part / whole) * 100));
}
