import { delay } from '@bot/dev';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seed, sized } from './rig/form.ts';
import { between, pick } from './rig/random.ts';
import { startRig, type Rig, type RigOptions } from './rig/rig.ts';

const kills = sized({ short: 6, full: 20 });
/**
 * Faster than the queue takes it, in many small calls, so that a kill finds some between Redis'
 * answer and the acknowledgement.
 */
const traffic = sized({
  short: { events: 8_000, lanes: 1_000, perSecond: 20_000 },
  full: { events: 50_000, lanes: 5_000, perSecond: 20_000 },
});
/** Enough for a few kills. */
const littleTraffic = { events: 5_000, lanes: 600, perSecond: 20_000 };
const manyCalls = { addSize: 2, addsAtOnce: 32 };
/** Between two kills, so that all of them fall into the time in which it sends. */
const mostPauseMs = sized({ short: 250, full: 500 });

async function killProducer(times: number, options: Partial<RigOptions> = {}): Promise<Rig> {
  const rig = await startRig({ seed, traffic, producers: 1, producer: manyCalls, ...options });
  onTestFinished(() => rig.close());
  const producer = pick(rig.random, rig.producers);
  for (let kill = 1; kill <= times; kill += 1) {
    await delay(between(rig.random, 50, mostPauseMs));
    // A fast machine may be through before the last kill.
    if (!rig.isRunning(producer)) break;
    await rig.end(producer, 'SIGKILL');
    await rig.restart(producer);
  }
  expect(await rig.settle(120_000)).toBe(true);
  return rig;
}

describe('a producer killed with SIGKILL, again and again', () => {
  it('loses nothing that it acknowledged, and doubles nothing that it sends again', async () => {
    const rig = await killProducer(kills);
    rig.report('producer-kill', { duplicates: rig.books.duplicates });
    expect(rig.books.duplicates).toBeGreaterThan(0);
    expect(rig.verdict()).toMatchObject({ lost: [], reordered: [], extra: [], overlaps: [] });
    expect(rig.books.acked.size).toBe(rig.events.length);
  });

  it('control: without the memory of ids, what it sends again is done again', async () => {
    const rig = await killProducer(4, { traffic: littleTraffic, guardsOff: ['dedupe'] });
    rig.report('producer-kill, control without dedupe');
    expect(rig.books.weakened).toContain('dedupe');
    expect(rig.verdict().extra.length).toBeGreaterThan(0);
  });
});
