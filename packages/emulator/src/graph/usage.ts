/** How much of its Send API allowance each Page used, for `X-Business-Use-Case-Usage`. */
export interface Usage {
  /** Counts a call that took so long. */
  count(pageId: string, nowMs: number, tookMs: number): void;
  /** The header's value: percentages of the last minute. */
  header(pageId: string, nowMs: number, regainMinutes: number): string;
}

/** 300 text sends a second for each Page (Meta's Rate Limiting page, 2026-03-23). */
const CALLS_A_SECOND = 300;
const WINDOW_S = 60;

interface Second {
  readonly second: number;
  calls: number;
  ms: number;
}

export function createUsage(): Usage {
  const pages = new Map<string, Second[]>();

  function recent(pageId: string, nowMs: number): Second[] {
    const seconds = pages.get(pageId) ?? [];
    pages.set(pageId, seconds);
    const oldest = Math.floor(nowMs / 1000) - WINDOW_S;
    const old = seconds.findIndex(({ second }) => second > oldest);
    seconds.splice(0, old === -1 ? seconds.length : old);
    return seconds;
  }

  return {
    count(pageId, nowMs, tookMs) {
      const second = Math.floor(nowMs / 1000);
      const seconds = recent(pageId, nowMs);
      const last = seconds.at(-1);
      if (last?.second === second) {
        last.calls += 1;
        last.ms += tookMs;
      } else {
        seconds.push({ second, calls: 1, ms: tookMs });
      }
    },
    header(pageId, nowMs, regainMinutes) {
      const window = recent(pageId, nowMs);
      const calls = window.reduce((sum, { calls: count }) => sum + count, 0);
      const ms = window.reduce((sum, { ms: time }) => sum + time, 0);
      const throttled = regainMinutes > 0;
      const time = percent(ms, WINDOW_S * 1000);
      const use = {
        type: 'messenger',
        call_count: throttled ? 100 : percent(calls, CALLS_A_SECOND * WINDOW_S),
        total_cputime: time,
        total_time: time,
        estimated_time_to_regain_access: regainMinutes,
      };
      return JSON.stringify({ [pageId]: [use] });
    },
  };
}

/** Rounded up, so that any use shows. */
function percent(part: number, whole: number): number {
  return Math.min(100, Math.ceil((part / whole) * 100));
}
