import { expect, it } from 'vitest';
import { emptyBooks, type Effect } from './books.ts';
import type { Interruption } from './crew.ts';
import { slowestRecoveryMs } from './recovery.ts';

const effect = (worker: string, lane: string, at: number): Effect => ({
  lane,
  seq: 0,
  step: 'one',
  stepId: `${lane}:0/one`,
  turn: `${worker}#1`,
  attempt: 1,
  repeated: false,
  worker,
  at,
});

const inFlight = [effect('worker-0.1', 'ann', 90), effect('worker-0.1', 'bob', 95)];
const kill: Interruption = {
  member: { role: 'worker', index: 0, runs: 1 },
  name: 'worker-0.1',
  signal: 'SIGKILL',
  at: 100,
  inFlight,
};

it('waits for the slowest lane in flight, and only for other hands', () => {
  const effects = [
    ...inFlight,
    // Written by the dead worker, read a little later.
    effect('worker-0.1', 'bob', 101),
    effect('worker-1.1', 'ann', 400),
    effect('worker-1.1', 'cat', 900),
  ];
  const handled = [{ lane: 'bob', seq: 0, worker: 'worker-0.2', at: 700 }];
  expect(slowestRecoveryMs([kill], { ...emptyBooks(), effects, handled })).toBe(600);
});

it('does not blame a lane for the time in which it was empty', () => {
  const later = [
    { ...effect('worker-1.1', 'ann', 90_050), seq: 1 },
    { ...effect('worker-1.1', 'bob', 300), seq: 1 },
  ];
  const acked = new Map([
    ['ann:1', 90_000],
    ['bob:1', 50],
  ]);
  const books = { ...emptyBooks(), effects: [...inFlight, ...later], acked };
  expect(slowestRecoveryMs([kill], books)).toBe(200);
});
