import { delay } from '@bot/dev';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seed, sized } from './rig/form.ts';
import { between } from './rig/random.ts';
import { startRig, type Rig } from './rig/rig.ts';
import type { TrafficOptions } from './rig/traffic.ts';

const restarts = sized({ short: 6, full: 20 });
const traffic = sized({
  short: { events: 6_000, lanes: 800, perSecond: 500 },
  full: { events: 34_000, lanes: 3_000, perSecond: 800 },
});
/** Enough for two restarts. */
const littleTraffic = { events: 2_000, lanes: 400, perSecond: 500 };

/** Ends the workers in turn and starts each again before the next one ends. */
async function restartInTurn(
  count: number,
  signal: 'SIGTERM' | 'SIGKILL',
  load: TrafficOptions,
): Promise<Rig> {
  const rig = await startRig({ seed, traffic: load });
  onTestFinished(() => rig.close());
  for (let restart = 0; restart < count; restart += 1) {
    await delay(between(rig.random, 500, 1_500));
    const worker = rig.workers[restart % rig.workers.length];
    if (!worker) throw new Error('A run needs at least one worker.');
    await rig.end(worker, signal);
    await rig.restart(worker);
  }
  expect(await rig.settle(60_000)).toBe(true);
  return rig;
}

describe('workers restarted in turn under load', () => {
  it('finish what they began: nothing is lost, repeated, or suspected of it', async () => {
    const rig = await restartInTurn(restarts, 'SIGTERM', traffic);
    rig.report('rolling-restart');
    const { lost, reordered, extra, flagged, overlaps } = rig.verdict();
    expect({ lost, reordered, extra, flagged, overlaps }).toEqual({
      lost: [],
      reordered: [],
      extra: [],
      flagged: [],
      overlaps: [],
    });
    for (const { exit, inFlight } of rig.interruptions) {
      expect(exit).toMatchObject({ code: 0, signal: null });
      expect(inFlight).toEqual([]);
    }
  });

  it('control: killed instead, they leave steps of which nobody knows', async () => {
    const rig = await restartInTurn(2, 'SIGKILL', littleTraffic);
    rig.report('rolling-restart, control with SIGKILL');
    expect(rig.verdict().flagged.length).toBeGreaterThan(0);
  });
});
