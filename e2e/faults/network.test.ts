import { delay, startRedis } from '@bot/dev';
import { describe, expect, it, type TestContext } from 'vitest';
import { seed, sized } from './rig/form.ts';
import { startProxy, type Proxy } from './rig/proxy.ts';
import { startRig, type Rig, type RigOptions } from './rig/rig.ts';

interface Options extends Omit<RigOptions, 'seed'> {
  /** Whether a process reaches Redis through the proxy, by its index. Default: all do. */
  readonly isFar?: (index: number) => boolean;
}

/** A run whose processes reach Redis through a proxy. */
async function startBehindProxy(
  { onTestFinished }: TestContext,
  { isFar = () => true, ...options }: Options,
): Promise<{ rig: Rig; proxy: Proxy }> {
  const redis = await startRedis();
  onTestFinished(() => redis.close());
  const proxy = await startProxy(redis.url);
  onTestFinished(() => proxy.close());
  const redisUrlOf = ({ index }: { index: number }): string => (isFar(index) ? proxy : redis).url;
  const rig = await startRig({ seed, redis, redisUrlOf, ...options });
  onTestFinished(() => rig.close());
  return { rig, proxy };
}

const slowestMs = (answers: readonly { tookMs: number }[]): number =>
  Math.round(Math.max(0, ...answers.map(({ tookMs }) => tookMs)));

// Most of their time is waiting, so all of them run side by side.
describe.concurrent('connections cut every 250 ms, with the answers under way lost', () => {
  const perSecond = 400;
  const seconds = sized({ short: 6, full: 40 });
  /** So many a lane that a turn which ends has another event behind it. */
  const lanes = { lanes: 26, skew: 0, perSecond };
  const traffic = { ...lanes, events: seconds * perSecond };
  /** A little more than the workers can do then, for sixteen cuts. */
  const slowTraffic = { ...lanes, events: 1_500, perSecond: 150 };
  const worker = { leaseMs: 2_000, graceMs: 500, sweepEveryMs: 250 };

  const DOWN_MS = 20;

  /** Cuts until all events are due; answers how often, and how many effects were under way. */
  async function cutAgainAndAgain(
    test: TestContext,
    {
      everyMs = 250,
      latencyMs = 0,
      ...options
    }: Options & { everyMs?: number; latencyMs?: number },
  ): Promise<{ rig: Rig; cuts: number; inFlight: number }> {
    const { rig, proxy } = await startBehindProxy(test, { worker, ...options });
    proxy.latency(latencyMs, 0);
    const lastDue = Math.max(...rig.events.map(({ timestamp }) => timestamp));
    let cuts = 0;
    let inFlight = 0;
    for (; Date.now() < lastDue; cuts += 1) {
      await delay(everyMs - DOWN_MS);
      inFlight += rig.inFlight().length;
      await proxy.cut(DOWN_MS);
    }
    return { rig, cuts, inFlight };
  }

  it('lose nothing, and the queue goes on meanwhile', async (test) => {
    const { rig, cuts, inFlight } = await cutAgainAndAgain(test, { traffic });
    const handledMeanwhile = rig.books.handled.length;
    expect(await rig.settle(60_000)).toBe(true);
    const verdict = rig.verdict();
    rig.report('network-cuts', {
      cuts,
      'in flight then': inFlight,
      'handled meanwhile': handledMeanwhile,
      refusals: rig.books.refused.length,
      duplicates: rig.books.duplicates,
    });
    expect(verdict).toMatchObject({ lost: [], reordered: [], unflagged: [], overlaps: [] });
    expect(inFlight).toBeGreaterThan(cuts);
    expect(verdict.extra.length).toBeLessThanOrEqual(inFlight);
    expect(handledMeanwhile).toBeGreaterThan(rig.events.length / 10);
    // Answers were lost on their way, and what they answered was sent again.
    expect(rig.books.duplicates).toBeGreaterThan(0);
    expect(slowestMs(rig.books.refused)).toBeLessThanOrEqual(1_000);
  });

  it('control: a turn whose end is told twice removes an event that nobody handled', async (test) => {
    // So that many turns end while a connection is cut, with the answer under way.
    const seldom = { everyMs: 600, latencyMs: 15 };
    const { rig } = await cutAgainAndAgain(test, {
      traffic: slowTraffic,
      guardsOff: ['turn'],
      ...seldom,
    });
    expect(await rig.settle(30_000)).toBe(true);
    rig.report('network-cuts, control without the number of the turn');
    expect(rig.books.weakened).toContain('turn');
    expect(rig.verdict().lost.length).toBeGreaterThan(0);
  });
});

describe.concurrent('a network that needs 200 ms, give or take 100, in each direction', () => {
  const events = sized({ short: 250, full: 3_000 });
  const traffic = { events, lanes: 4 * events, perSecond: 100, skew: 0 };
  /** A turn goes to Redis six times and has two slow effects: it outlasts its lease. */
  const slow = {
    latencyMs: 1_600,
    worker: { leaseMs: 2_500, graceMs: 2_000, sweepEveryMs: 250 },
  };

  it('handles everything once and in order', async (test) => {
    const { rig, proxy } = await startBehindProxy(test, { ...slow, traffic });
    proxy.latency(200, 100);
    expect(await rig.settle(60_000)).toBe(true);
    rig.report('network-latency', {
      refusals: rig.books.refused.length,
      'slowest add (ms)': slowestMs(rig.books.added),
    });
    expect(rig.verdict()).toMatchObject({
      lost: [],
      reordered: [],
      extra: [],
      unflagged: [],
      overlaps: [],
    });
  });

  it('control: without renewals, lanes are taken from those that still work on them', async (test) => {
    const { rig, proxy } = await startBehindProxy(test, {
      ...slow,
      traffic: { ...traffic, events: 250, lanes: 1_000 },
      guardsOff: ['renewal'],
    });
    proxy.latency(200, 100);
    await rig.settle(20_000);
    rig.report('network-latency, control without renewals');
    expect(rig.books.weakened).toContain('renewal');
    expect(rig.verdict().extra.length).toBeGreaterThan(0);
  });
});

describe.concurrent('a network that goes silent, for one worker and one producer', () => {
  /** Longer than leases last; in the full form also than a connection may stay silent. */
  const silenceMs = sized({ short: 6_000, full: 20_000 });
  const perSecond = 150;
  const seconds = sized({ short: 30, full: 46 });
  const traffic = { events: seconds * perSecond, lanes: seconds * 30, perSecond };
  const isFar = (index: number): boolean => index === 0;

  it('refuses adds, leaves their lanes to others, and is back by itself', async (test) => {
    const { rig, proxy } = await startBehindProxy(test, { traffic, isFar });
    await delay(1_500);
    const begun = performance.now();
    proxy.blackhole(true);
    await delay(silenceMs);
    const inFlight = rig.inFlight().length;
    proxy.blackhole(false);
    const over = performance.now();
    expect(await rig.settle(60_000)).toBe(true);

    const { books } = rig;
    const refused = books.refused.filter(({ at }) => at > begun);
    const untilFirst = (times: readonly { at: number }[]): number =>
      Math.round((times.find(({ at }) => at > over)?.at ?? Infinity) - over);
    const untilTaken = untilFirst(
      books.added.filter(({ producer }) => producer.startsWith('producer-0')),
    );
    const untilHandled = untilFirst(
      books.handled.filter(({ worker }) => worker.startsWith('worker-0')),
    );
    const verdict = rig.verdict();
    rig.report('network-silence', {
      'in flight then': inFlight,
      refusals: refused.length,
      'slowest refusal (ms)': slowestMs(refused),
      'until taken again (ms)': untilTaken,
      'until handled again (ms)': untilHandled,
    });
    expect(verdict).toMatchObject({ lost: [], reordered: [], unflagged: [], overlaps: [] });
    expect(verdict.extra.length).toBeLessThanOrEqual(inFlight);
    expect(refused.length).toBeGreaterThan(0);
    expect(slowestMs(refused)).toBeLessThanOrEqual(1_000);
    expect(untilTaken).toBeLessThan(3_000);
    // A worker takes a silence of 15 s for an end, also on a connection made during it.
    expect(untilHandled).toBeLessThan(20_000);
  });

  it('control: without a limit of time, an add has no answer', async (test) => {
    const { rig, proxy } = await startBehindProxy(test, {
      traffic: { events: 750, lanes: 150, perSecond },
      producer: { commandTimeoutMs: 60_000 },
    });
    await delay(1_500);
    proxy.blackhole(true);
    await delay(2_000);
    const acked = rig.books.acked.size;
    await delay(2_000);
    rig.report('network-silence, control without a limit of time');
    expect(rig.books.acked.size).toBe(acked);
    expect(rig.books.refused).toEqual([]);
  });
});
