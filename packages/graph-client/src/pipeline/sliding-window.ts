/** Times of the last calls of one kind. */
export interface SlidingWindow {
  /** The earliest time at which so many more may go together, the period stretched by `slowness`. */
  next(slowness: number, calls: number): number;
  /** Notes calls at this time, which is not before the last one. */
  take(at: number, calls: number): void;
}

/**
 * Never more than `most` calls within any stretch of `periodMs`: unlike a bucket of tokens, which
 * lets twice as many through in its first period. Remembers `most` times. Without a limit there is
 * nothing to remember, hence `undefined`.
 */
export function createSlidingWindow(most: number, periodMs: number): SlidingWindow | undefined {
  if (!Number.isFinite(most)) {
    return undefined;
  }
  const times: number[] = [];
  let oldest = 0;
  return {
    next(slowness, calls) {
      const last = times[(oldest + most - 1) % most] ?? 0;
      // The youngest of those whose places are taken over.
      const before = times[(oldest + Math.min(calls, most) - 1) % most];
      return before === undefined ? last : Math.max(last, before + periodMs * slowness);
    },
    take(at, calls) {
      for (let call = 0; call < Math.min(calls, most); call += 1) {
        times[oldest] = at;
        oldest = (oldest + 1) % most;
      }
    },
  };
}
