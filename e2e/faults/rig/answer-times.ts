import type { Emulator } from '@bot/emulator';

/** How long people waited for their answers, in ms. */
export interface AnswerTimes {
  /** Those of all answers since the last look. */
  look(): number[];
  close(): void;
}

/** Of a bot that answers each message with one, in order. */
export function watchAnswerTimes(emulator: Emulator, now: () => number): AnswerTimes {
  const asked = new Map<string, number[]>();
  const known = new Set<string>();
  let times: number[] = [];
  const close = emulator.subscribe((change) => {
    if (change.kind !== 'message') return;
    const { psid, message } = change;
    const waiting = asked.get(psid) ?? [];
    asked.set(psid, waiting);
    if (message.direction === 'out') {
      // Told again once it is delivered, and once it is read.
      if (known.has(message.mid)) return;
      known.add(message.mid);
      waiting.push(now());
      return;
    }
    const since = waiting.shift();
    if (since !== undefined) times.push(now() - since);
  });
  return {
    look() {
      const seen = times;
      times = [];
      return seen;
    },
    close,
  };
}

/** Of a hundred answers so many came within this time. */
export function percentile(times: readonly number[], share: number): number {
  const ordered = times.toSorted((a, b) => a - b);
  return ordered[Math.min(ordered.length - 1, Math.floor((ordered.length * share) / 100))] ?? NaN;
}
