import type { Clock } from '../clock.ts';

/** How long it sleeps between bursts: short enough to be even, long enough to cost little. */
const TICK_MS = 5;

/**
 * Calls `work` so many times a second, each with the time at which it was due. What is late is
 * made up for: the rate holds on average.
 */
export async function keepPace(
  pace: { readonly perSecond: number; readonly forMs: number },
  clock: Clock,
  signal: AbortSignal,
  work: (dueAt: number, index: number) => void,
): Promise<void> {
  const begun = clock.now();
  const total = Math.round((pace.perSecond * pace.forMs) / 1_000);
  let done = 0;
  while (done < total) {
    const due = Math.min(total, Math.floor(((clock.now() - begun) / 1_000) * pace.perSecond) + 1);
    for (; done < due; done += 1) work(begun + (done / pace.perSecond) * 1_000, done);
    if (done < total) await clock.sleep(TICK_MS, signal);
  }
}
