import type { Emulator } from '@bot/emulator';

/** How long somebody waited for an answer. */
export interface AnswerTime {
  readonly psid: string;
  readonly ms: number;
}

/** How long people waited for their answers. */
export interface AnswerTimes {
  /** Those of all answers since the last look. */
  look(): AnswerTime[];
  /** Messages that are not answered yet. */
  readonly waiting: number;
}

/** Of a bot that answers each message with one, in order. */
export function watchAnswerTimes(emulator: Emulator, now: () => number): AnswerTimes {
  const asked = new Map<string, number[]>();
  const known = new Set<string>();
  let times: AnswerTime[] = [];
  emulator.subscribe((change) => {
    if (change.kind !== 'message') return;
    const { psid, message } = change;
    // Told again once it is delivered, and once it is read.
    if (known.has(message.mid)) return;
    known.add(message.mid);
    const waiting = asked.get(psid) ?? [];
    asked.set(psid, waiting);
    if (message.direction === 'out') waiting.push(now());
    else times.push({ psid, ms: now() - (waiting.shift() ?? NaN) });
  });
  return {
    look() {
      const seen = times;
      times = [];
      return seen;
    },
    get waiting() {
      return [...asked.values()].reduce((sum, { length }) => sum + length, 0);
    },
  };
}

/** Of a hundred answers so many came within so many ms. */
export function percentile(times: readonly AnswerTime[], share: number): number {
  const ordered = times.map(({ ms }) => ms).toSorted((one, other) => one - other);
  return ordered[Math.floor((ordered.length * share) / 100)] ?? Infinity;
}
