import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MovingWorld, type Change } from './model/moving-world.test-setup.ts';
import type { MovingShard } from './moving-shards.ts';
import type { Moves } from './moves.ts';

const changes = fc.constantFrom(
  { count: 1, next: 2 },
  { count: 2, next: 1 },
  { count: 3, next: 2 },
);

function search(runs: number, alter: Change = (shard) => shard) {
  const holds = fc.asyncProperty(fc.scheduler(), changes, (scheduler, change) =>
    new MovingWorld(scheduler, change, alter).run(),
  );
  return fc.check(holds, { numRuns: runs, endOnFailure: true });
}

const withMoves =
  (alter: (moves: Moves, shard: MovingShard) => Partial<Moves>): Change =>
  (shard) => ({ ...shard, moves: { ...shard.moves, ...alter(shard.moves, shard) } });

/** Each guard taken away on its own. */
const broken: Record<string, Change> = {
  'accept events of lanes that have left': withMoves((_, { lanes }) => ({
    accept: (event) => lanes.accept(event),
  })),
  'send events away from lanes that have not left': withMoves(() => ({
    accept: async () => 'left',
  })),
  'delay events of lanes that have left': withMoves((_, { lanes }) => ({
    delay: (delay) => lanes.delay(delay),
  })),
  'put what is due into lanes that have left': withMoves((_, { lanes }) => ({
    sweep: async (most) => ({ ...(await lanes.sweep(most)), apart: [] }),
  })),
  'hide lanes that still hold events': withMoves(() => ({
    waiting: async () => ({ items: [], next: undefined }),
  })),
  'bring what was taken out': withMoves(() => ({ takeOut: async () => {} })),
  'give up what nobody has taken in': withMoves(() => ({ adopt: async () => true })),
};

describe('whatever the order in which things happen while a lane moves', () => {
  it(
    'nothing is lost, repeated, out of order or run beside another, in 3,000 runs',
    { timeout: 180_000 },
    async () => {
      const verdict = await search(3_000);
      process.stdout.write(`moving: ${verdict.numRuns} runs, seed ${verdict.seed}\n`);
      expect(fc.defaultReportMessage(verdict)).toBeUndefined();
    },
  );

  it.each(Object.entries(broken))(
    'a break is found when shards %s',
    { timeout: 60_000 },
    async (_, alter) => {
      expect((await search(10_000, alter)).failed).toBe(true);
    },
  );
});
