import type { Books } from './books.ts';
import type { Interruption } from './crew.ts';
import type { Verdict } from './oracle.ts';
import { slowestRecoveryMs } from './recovery.ts';

const actions = {
  SIGKILL: 'kills',
  SIGTERM: 'terminations',
  SIGSTOP: 'stops',
  crash: 'crashes',
} as const;

/** The figures of a run in one line, for people and for the docs. */
export function reportLine(run: {
  readonly title: string;
  readonly seed: number;
  readonly seconds: number;
  readonly interruptions: readonly Interruption[];
  readonly books: Books;
  readonly verdict: Verdict;
}): string {
  const { title, seed, seconds, interruptions, books, verdict } = run;
  const figures: (string | number)[][] = [
    ['seed', seed],
    ['events', books.acked.size],
    ['seconds', seconds.toFixed(1)],
  ];
  for (const [signal, name] of Object.entries(actions)) {
    const count = interruptions.filter((each) => each.signal === signal).length;
    if (count > 0) figures.push([name, count]);
  }
  for (const [name, cases] of Object.entries(verdict)) figures.push([name, cases.length]);
  if (interruptions.length > 0) {
    figures.push(
      ['in flight then', inFlightAt(interruptions)],
      ['slowest lane', `${(slowestRecoveryMs(interruptions, books) / 1_000).toFixed(1)} s`],
    );
  }
  return `${title}: ${figures.map((figure) => figure.join(' ')).join(', ')}`;
}

/** Effects whose outcome nobody knew, over all interruptions. */
export function inFlightAt(interruptions: readonly Interruption[]): number {
  return interruptions.reduce((sum, { inFlight }) => sum + inFlight.length, 0);
}
