import { describe, expect, it } from 'vitest';
import type { Grant, JournalEntry, Lanes } from './lanes.ts';
import { createLeases } from './leases.ts';
import { createManualClock } from './testing/manual-clock.ts';
import { visitLane, type Handle } from './visit.ts';

const grant: Grant = {
  epoch: '1:a',
  turn: 1,
  head: { id: 'a', lane: 'ann', timestamp: 1, data: {} },
  attempt: 1,
  lost: 1,
  steps: new Map(),
  failures: [],
  at: 1,
};

/** Visits a lane of one event; the notes of steps that are done take until `release`. */
function visit(handle: Handle): {
  readonly seen: string[];
  readonly notes: JournalEntry[];
  readonly release: () => void;
  readonly over: Promise<void>;
} {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const seen: string[] = [];
  const notes: JournalEntry[] = [];
  const lanes: Pick<Lanes, 'journal' | 'finish' | 'retry'> = {
    async journal(entry) {
      seen.push(`${entry.step} ${entry.state}`);
      notes.push(entry);
      if (entry.state !== 'sending') await held;
      return { kind: 'written', behind: 0 };
    },
    async finish() {
      seen.push('finish');
      return { kind: 'empty' };
    },
    async retry() {
      seen.push('retry');
      return true;
    },
  };
  const clock = createManualClock();
  const leases = createLeases({ renew: async () => true, leaseMs: 9, clock, onError() {} });
  const over = visitLane(grant, clock.monotonic(), {
    lanes: lanes as Lanes,
    wake: async () => {},
    leases,
    handle,
    retry: () => ({ kind: 'retry', delayMs: 0, countAttempt: true }),
    steps: {},
    clock,
    observer: {},
    leaseMs: 10_000,
    mostTurns: 1,
    mostMs: 10_000,
    signal: new AbortController().signal,
    closing: () => false,
  });
  return { seen, notes, release, over };
}

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the note of a step that is done', () => {
  it('keeps nobody waiting, and is not needed once the event is handled', async () => {
    const { seen, notes, over } = visit(
      async (_, { step }) => void (await step('b', async () => 1)),
    );
    await over;
    expect(seen).toEqual(['b sending', 'b done 1', 'finish']);
    expect(notes.map(({ isMoot }) => isMoot?.() ?? false)).toEqual([false, true]);
  });

  it('is written before the effect of a later step', async () => {
    const { seen, release, over } = visit(async (_, { step }) => {
      await step('b', async () => 1);
      await step('c', async () => seen.push('effect of c'));
    });
    await tick();
    expect(seen).toEqual(['b sending', 'b done 1', 'c sending']);
    release();
    await over;
    expect(seen).toEqual([...seen.slice(0, 3), 'effect of c', 'c done 4', 'finish']);
  });

  it('is written before the event is tried again', async () => {
    const { seen, notes, release, over } = visit(async (_, { step }) => {
      await step('b', async () => 1);
      throw new Error('no');
    });
    await tick();
    expect(seen).toEqual(['b sending', 'b done 1']);
    expect(notes[1]?.isMoot?.()).toBe(false);
    release();
    await over;
    expect(seen.at(-1)).toBe('retry');
  });
});
