import { delay } from '@bot/dev';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seed, sized } from './rig/form.ts';
import { outageFigures, outageOf, type Outage, type Span } from './rig/outage.ts';
import { between } from './rig/random.ts';
import { startRig, type Rig, type RigOptions } from './rig/rig.ts';

const kills = sized({ short: 4, full: 10 });
/** Flows longer than all kills take. */
const traffic = sized({
  short: { events: 9_000, lanes: 1_000, perSecond: 500 },
  full: { events: 50_000, lanes: 5_000, perSecond: 1_000 },
});

/** Enough for two kills. */
const littleTraffic = { events: 4_500, lanes: 600, perSecond: 500 };

/** Kills Redis under load and starts it again on its file after 1 to 2 s. */
async function killRedis(rig: Rig): Promise<Span> {
  await delay(between(rig.random, 1_000, 2_000));
  const down = { downAt: performance.now(), downTimestamp: Date.now() };
  await rig.redis.kill('SIGKILL');
  await delay(between(rig.random, 1_000, 2_000));
  await rig.redis.restart();
  return { ...down, upAt: performance.now() };
}

async function killRedisAgainAndAgain(
  count: number,
  options: Omit<RigOptions, 'seed'>,
): Promise<{ rig: Rig; outages: Outage[] }> {
  const rig = await startRig({ seed, ...options });
  onTestFinished(() => rig.close());
  const spans: Span[] = [];
  for (let kill = 1; kill <= count; kill += 1) spans.push(await killRedis(rig));
  expect(await rig.settle(120_000)).toBe(true);
  return { rig, outages: spans.map((span) => outageOf(rig, span)) };
}

describe('Redis killed with SIGKILL under load, again and again', () => {
  it('is refused at once, is back within 2 s, and loses nothing acknowledged', async () => {
    const { rig, outages } = await killRedisAgainAndAgain(kills, { traffic });
    rig.report('redis-kill', { 'Redis kills': kills, ...outageFigures(outages) });
    expect(rig.verdict()).toMatchObject({ lost: [], reordered: [], unflagged: [], overlaps: [] });
    for (const each of outages) {
      expect(each.refusals).toBeGreaterThan(0);
      expect(each.slowestRefusal).toBeLessThanOrEqual(1_000);
      expect(each.untilTaken).toBeLessThanOrEqual(2_000);
      expect(each.untilHandled).toBeLessThanOrEqual(2_000);
    }
  });

  it('control: without its append-only file, acknowledged events are lost', async () => {
    const { rig } = await killRedisAgainAndAgain(2, { traffic: littleTraffic, appendonly: 'no' });
    rig.report('redis-kill, control without append-only file', { 'Redis kills': 2 });
    expect(rig.verdict().lost.length).toBeGreaterThan(0);
  });
});
