import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useShard, type TestShard } from './lanes.test-setup.ts';
import type { Lanes } from './lanes.ts';
import { broken } from './model/broken.test-setup.ts';
import { interleavings } from './model/commands.test-setup.ts';
import { useTwins } from './model/twins.test-setup.ts';
import { World } from './model/world.test-setup.ts';

type Verdict = Awaited<ReturnType<typeof search>>;

/** Looks for an interleaving that breaks a promise of the shard's lanes. */
function search(shard: TestShard, runs: number, change = (lanes: Lanes): Lanes => lanes) {
  const holds = fc.asyncProperty(interleavings, async (commands) => {
    shard.reset();
    const lanes = change(shard.lanes);
    await new World(shard, lanes).run(commands);
  });
  return fc.check(holds, { numRuns: runs });
}

/** The seed is printed so that a run can be had again: `fc.check(holds, { seed })`. */
function report(where: string, { numRuns, seed }: Verdict): void {
  process.stdout.write(`interleavings ${where}: ${numRuns} runs, seed ${seed}\n`);
}

describe('whatever the order in which things happen', () => {
  const memory = useShard('memory');
  const twins = useTwins();

  it('lanes in memory keep their promises, in 30,000 runs', { timeout: 180_000 }, async () => {
    const verdict = await search(memory, 30_000);
    report('in memory', verdict);
    expect(fc.defaultReportMessage(verdict)).toBeUndefined();
  });

  it('lanes on Redis do the same, in 1,000 runs', { timeout: 180_000 }, async () => {
    const verdict = await search(twins, 1_000);
    report('in memory and on Redis', verdict);
    expect(fc.defaultReportMessage(verdict)).toBeUndefined();
  });

  it.each(Object.entries(broken))('a break is found when lanes %s', async (_, breakThem) => {
    expect((await search(memory, 10_000, breakThem)).failed).toBe(true);
  });
});
