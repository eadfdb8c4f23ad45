import { delay } from '@bot/dev';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Effect } from './rig/books.ts';
import { seed, sized } from './rig/form.ts';
import { between, pick } from './rig/random.ts';
import { slowestRecoveryMs } from './rig/recovery.ts';
import { inFlightAt } from './rig/report.ts';
import { startRig, type Rig, type RigOptions } from './rig/rig.ts';

const kills = sized({ short: 6, full: 20 });
const traffic = sized({
  short: { events: 8_000, lanes: 1_000, perSecond: 500 },
  full: { events: 50_000, lanes: 5_000, perSecond: 1_000 },
});
/** Enough for one kill in the middle. */
const littleTraffic = { events: 1_500, lanes: 300, perSecond: 500 };

async function start(options: Partial<RigOptions>): Promise<Rig> {
  const rig = await startRig({ seed, traffic, ...options });
  onTestFinished(() => rig.close());
  return rig;
}

/** Kills one of the workers after 1 to 3 s. */
async function killOne(rig: Rig): Promise<void> {
  await delay(between(rig.random, 1_000, 3_000));
  const victim = pick(rig.random, rig.workers);
  await rig.end(victim, 'SIGKILL');
  await rig.restart(victim);
}

/** Effects carried out again although none of the kills caught them. */
function inexplicable(rig: Rig, extra: readonly Effect[]): Effect[] {
  const caught = new Set(
    rig.interruptions.flatMap(({ inFlight }) => inFlight.map(({ stepId }) => stepId)),
  );
  return extra.filter(({ stepId }) => !caught.has(stepId));
}

describe('workers killed with SIGKILL, one after another', () => {
  it.each([
    { confirmations: false, name: 'repeat only what was in flight, and know that they do' },
    { confirmations: true, name: 'repeat nothing when effects are confirmed' },
  ])('$name', async ({ confirmations }) => {
    const rig = await start({ confirmations });
    for (let kill = 1; kill <= kills; kill += 1) await killOne(rig);
    expect(await rig.settle(120_000)).toBe(true);

    const verdict = rig.verdict();
    const inFlight = inFlightAt(rig.interruptions);
    rig.report(`worker-kill, confirmations ${confirmations ? 'on' : 'off'}`);
    expect(inFlight).toBeGreaterThan(kills);
    expect(verdict).toMatchObject({ lost: [], reordered: [], unflagged: [], overlaps: [] });
    expect(inexplicable(rig, verdict.extra)).toEqual([]);
    expect(verdict.extra.length).toBeLessThanOrEqual(confirmations ? inFlight / 100 : inFlight);
    expect(slowestRecoveryMs(rig.interruptions, rig.books)).toBeLessThanOrEqual(15_000);
  });

  it('control: without the sweep, lanes of the dead stand still', async () => {
    const rig = await start({ traffic: littleTraffic, guardsOff: ['sweep'] });
    await killOne(rig);
    expect(await rig.settle(15_000)).toBe(false);
    rig.report('worker-kill, control without sweep');
    expect(rig.verdict().lost.length).toBeGreaterThan(0);
  });

  it('control: without the journal, what was done is done again', async () => {
    const rig = await start({ traffic: littleTraffic, guardsOff: ['journal'] });
    await killOne(rig);
    expect(await rig.settle(30_000)).toBe(true);
    rig.report('worker-kill, control without journal');
    expect(rig.books.weakened).toContain('journal');
    expect(inexplicable(rig, rig.verdict().extra).length).toBeGreaterThan(0);
  });
});
