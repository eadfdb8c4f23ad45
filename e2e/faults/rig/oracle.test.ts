import { describe, expect, it } from 'vitest';
import { emptyBooks, type Books, type Effect, type StepName } from './books.ts';
import { judge, type Verdict } from './oracle.ts';
import type { PlannedEvent } from './traffic.ts';

const lane = 'ann';
const events: PlannedEvent[] = [0, 1].map((seq) => ({
  id: `${lane}:${seq}`,
  lane,
  timestamp: 1_000 + seq,
  data: { seq, manner: 'reply' },
}));

/** An effect that lasts 20 ms; by default each event's turn is one of its own. */
function effect(at: number, seq: number, step: StepName, more: Partial<Effect> = {}): Effect {
  const turn = `w#${seq}`;
  const stepId = `${lane}:${seq}/${step}`;
  const plain = { lane, seq, step, stepId, turn, attempt: 1, repeated: false, worker: 'w' };
  return { ...plain, at, endedAt: at + 20, ...more };
}

const good = [
  effect(0, 0, 'one'),
  effect(30, 0, 'two'),
  effect(60, 1, 'one'),
  effect(90, 1, 'two'),
];

/** All events acknowledged; `more` are the books' other pages. */
function verdict(effects: Effect[], more: Partial<Books> = {}): Verdict {
  const acked = new Map(events.map(({ id }) => [id, 0]));
  return judge(events, { ...emptyBooks(), acked, effects, ...more });
}

/** Everything that was found wrong, by its name. */
function wrong(found: Verdict): string[] {
  return Object.entries(found)
    .filter(([, cases]) => cases.length > 0)
    .map(([name]) => name);
}

describe('the oracle', () => {
  it('finds nothing wrong with a good run', () => {
    expect(wrong(verdict(good))).toEqual([]);
  });

  it('finds an acknowledged event that lacks one effect, and forgives one not acknowledged', () => {
    const found = verdict(good.slice(0, 3));
    expect(wrong(found)).toEqual(['lost']);
    expect(found.lost).toEqual(['ann:1']);
    const acked = new Map([['ann:0', 0]]);
    expect(wrong(verdict(good.slice(0, 3), { acked }))).toEqual([]);
  });

  it('finds events that changed places', () => {
    const swapped = [effect(0, 1, 'one'), effect(30, 1, 'two'), ...good.slice(0, 2)];
    expect(verdict(swapped).reordered.map(({ stepId }) => stepId)).toEqual([
      'ann:0/one',
      'ann:0/two',
    ]);
  });

  it('finds steps of one event that changed places', () => {
    const swapped = [effect(0, 0, 'two'), effect(30, 0, 'one'), ...good.slice(2)];
    expect(wrong(verdict(swapped))).toEqual(['reordered']);
  });

  it('finds an effect carried out again, and whether anybody was told', () => {
    const again = { turn: 'v#1', worker: 'v', attempt: 2 };
    const silent = verdict([...good, effect(120, 1, 'two', again)]);
    expect(wrong(silent)).toEqual(['extra', 'unflagged']);
    const told = verdict([...good, effect(120, 1, 'two', { ...again, repeated: true })]);
    expect(wrong(told)).toEqual(['extra', 'flagged']);
  });

  it('does not count the repetition as the silent one when it arrives before the first', () => {
    const early = effect(90, 1, 'two', { turn: 'v#1', repeated: true });
    const found = verdict([...good.slice(0, 3), early, effect(120, 1, 'two')]);
    expect(found.unflagged).toEqual([]);
    expect(found.extra).toHaveLength(1);
  });

  it('does not call a repetition of an old step reordered', () => {
    const again = effect(120, 0, 'one', { turn: 'v#1', repeated: true });
    expect(verdict([...good, again]).reordered).toEqual([]);
  });

  it('finds two turns of a lane at once', () => {
    const crowded = [...good.slice(0, 2), effect(40, 1, 'one'), effect(90, 1, 'two')];
    expect(wrong(verdict(crowded))).toEqual(['overlaps']);
  });

  it('finds a turn that goes on after another one had its effects', () => {
    const late = [...good.slice(0, 1), ...good.slice(2), effect(120, 0, 'two')];
    expect(verdict(late).overlaps).toEqual([late.at(-1)]);
  });

  it('finds what two turns both ended', () => {
    const stepped = ['w#0', 'v#0'].map((turn) => ({ stepId: 'ann:0/one', turn }));
    expect(verdict(good, { stepped }).journaledTwice).toEqual(['ann:0/one']);
    const handled = ['w', 'v'].map((worker) => ({ lane, seq: 1, worker, at: 0 }));
    expect(verdict(good, { handled }).handledTwice).toEqual(['ann:1']);
  });
});
