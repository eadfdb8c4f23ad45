import { delay } from '@bot/dev';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seed, sized } from './rig/form.ts';
import { between, pick } from './rig/random.ts';
import { inFlightAt } from './rig/report.ts';
import { startRig, type Rig, type RigOptions } from './rig/rig.ts';

/** Short, so that others take over while the worker still stands. */
const worker = { leaseMs: 1_000, graceMs: 500, sweepEveryMs: 250 };

const stops = sized({ short: 4, full: 20 });
const traffic = sized({
  short: { events: 7_000, lanes: 1_000, perSecond: 500 },
  full: { events: 40_000, lanes: 4_000, perSecond: 550 },
});
/** Enough for two stops. */
const littleTraffic = { events: 3_500, lanes: 500, perSecond: 500 };

/** Stops one of the workers for 1.5 to 3 leases, again and again. */
async function freezeWorkers(count: number, options: Omit<RigOptions, 'seed'>): Promise<Rig> {
  const rig = await startRig({ seed, worker, ...options });
  onTestFinished(() => rig.close());
  for (let stop = 1; stop <= count; stop += 1) {
    await delay(between(rig.random, 500, 1_500));
    await rig.freeze(pick(rig.random, rig.workers), between(rig.random, 1_500, 3_000));
  }
  return rig;
}

describe('workers frozen for longer than their leases', () => {
  it('write nothing once they wake: what they held is in other hands', async () => {
    const rig = await freezeWorkers(stops, { traffic });
    expect(await rig.settle(60_000)).toBe(true);
    rig.report('freeze');
    const verdict = rig.verdict();
    expect(verdict).toMatchObject({ lost: [], reordered: [], unflagged: [] });
    expect(verdict).toMatchObject({ journaledTwice: [], handledTwice: [] });
    // A stop between the last look at the lease and the write of the effect cannot be seen.
    expect(verdict.overlaps.length).toBeLessThanOrEqual(stops);
    const inFlight = inFlightAt(rig.interruptions);
    expect(inFlight).toBeGreaterThan(0);
    expect(verdict.extra.length).toBeLessThanOrEqual(inFlight + verdict.overlaps.length);
  });

  it('control: without the fence and the deadline, they go on where they stood', async () => {
    const guardsOff = ['fence', 'deadline'] as const;
    const rig = await freezeWorkers(2, { traffic: littleTraffic, guardsOff });
    await rig.settle(20_000);
    rig.report('freeze, control without fence and deadline');
    expect(rig.books.weakened).toContain('fence');
    const verdict = rig.verdict();
    expect(verdict.overlaps.length).toBeGreaterThan(2);
    expect(verdict.journaledTwice.length).toBeGreaterThan(0);
  });
});
