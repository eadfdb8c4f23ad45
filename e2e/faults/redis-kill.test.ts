import { delay } from '@bot/dev';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seed, sized } from './rig/form.ts';
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

/** What was seen of one time without Redis; times in ms. */
interface Outage {
  readonly refusals: number;
  /** The longest that an `add` waited for its refusal. */
  readonly slowestRefusal: number;
  /** From Redis' first answer to the first `add` that was taken. */
  readonly untilTaken: number;
  /** From there to the end of the first turn of an event that was sent after the kill. */
  readonly untilHandled: number;
}

interface Span {
  readonly downAt: number;
  readonly downTimestamp: number;
  readonly upAt: number;
}

/** Kills Redis under load and starts it again on its file after 1 to 2 s. */
async function killRedis(rig: Rig): Promise<Span> {
  await delay(between(rig.random, 1_000, 2_000));
  const down = { downAt: performance.now(), downTimestamp: Date.now() };
  await rig.redis.kill('SIGKILL');
  await delay(between(rig.random, 1_000, 2_000));
  await rig.redis.restart();
  return { ...down, upAt: performance.now() };
}

function outage(rig: Rig, { downAt, downTimestamp, upAt }: Span): Outage {
  const { books, events } = rig;
  const refused = books.refused.filter(({ at }) => at >= downAt && at <= upAt + 1_000);
  const timestamps = new Map(events.map(({ id, timestamp }) => [id, timestamp]));
  const sentAfter = (lane: string, seq: number): boolean =>
    (timestamps.get(`${lane}:${seq}`) ?? 0) > downTimestamp;
  const first = (times: readonly number[]): number =>
    (times.find((at) => at > upAt) ?? Infinity) - upAt;
  return {
    refusals: refused.length,
    slowestRefusal: Math.max(0, ...refused.map(({ tookMs }) => tookMs)),
    untilTaken: first([...books.acked.values()]),
    untilHandled: first(
      books.handled.filter(({ lane, seq }) => sentAfter(lane, seq)).map(({ at }) => at),
    ),
  };
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
  return { rig, outages: spans.map((span) => outage(rig, span)) };
}

const slowest = (outages: readonly Outage[], figure: keyof Outage): number =>
  Math.round(Math.max(...outages.map((each) => each[figure])));

describe('Redis killed with SIGKILL under load, again and again', () => {
  it('is refused at once, is back within 2 s, and loses nothing acknowledged', async () => {
    const { rig, outages } = await killRedisAgainAndAgain(kills, { traffic });
    rig.report('redis-kill', {
      'Redis kills': kills,
      refusals: outages.reduce((sum, { refusals }) => sum + refusals, 0),
      'slowest refusal (ms)': slowest(outages, 'slowestRefusal'),
      'until taken again (ms)': slowest(outages, 'untilTaken'),
      'until handled again (ms)': slowest(outages, 'untilHandled'),
    });
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
