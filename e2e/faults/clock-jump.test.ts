import { delay, poll } from '@bot/dev';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seed, sized } from './rig/form.ts';
import { pick } from './rig/random.ts';
import { inFlightAt } from './rig/report.ts';
import { startRig, type Rig, type RigOptions } from './rig/rig.ts';
import { createWrongClock, type WrongClock } from './rig/wrong-clock.ts';

const HOUR_MS = 60 * 60 * 1_000;
const RIGHT = { redis: 0, machines: 0 };

const jumps = sized({ short: 1, full: 3 });
/** Every eighth event fails at first, so that at any moment some lanes pause. */
const traffic = (seconds: number): RigOptions['traffic'] => ({
  events: seconds * 500,
  lanes: 1_000,
  skew: 0,
  perSecond: 500,
  mannerOf: (index) => (index % 8 === 0 ? 'stumble' : 'reply'),
});
const worker = { leaseMs: 1_500, graceMs: 500, sweepEveryMs: 250 };

async function start(
  seconds: number,
  options: Partial<RigOptions> = {},
): Promise<{ rig: Rig; clock: WrongClock }> {
  const clock = createWrongClock();
  onTestFinished(() => clock.close());
  const rig = await startRig({ seed, worker, clock, traffic: traffic(seconds), ...options });
  onTestFinished(() => rig.close());
  return { rig, clock };
}

/** Whether every event that is acknowledged by now is through within the time, and when it was. */
async function goOn(rig: Rig, timeoutMs: number): Promise<{ all: boolean; tookMs: number }> {
  const begun = performance.now();
  const due = new Set(rig.books.acked.keys());
  const isThrough = (): boolean => rig.verdict().lost.every((id) => !due.has(id));
  const all = await poll(isThrough, { timeoutMs, everyMs: 50 });
  return { all, tookMs: Math.round(performance.now() - begun) };
}

/** Kills a worker and sets all clocks back by an hour before anybody can take over its lanes. */
async function jumpBack(rig: Rig, clock: WrongClock): Promise<void> {
  await delay(1_000);
  const victim = pick(rig.random, rig.workers);
  const { inFlight } = await rig.end(victim, 'SIGKILL');
  clock.set({ redis: -HOUR_MS, machines: -HOUR_MS });
  expect(inFlight.length).toBeGreaterThan(0);
  await rig.restart(victim);
}

/** Sets the clocks of the machines wrong and right again while Redis has the right time. */
async function jumpMachines(rig: Rig, clock: WrongClock): Promise<void> {
  await delay(1_000);
  for (const machines of [HOUR_MS, -HOUR_MS, 0]) {
    expect(rig.inFlight().length).toBeGreaterThan(0);
    clock.set({ redis: 0, machines });
    await delay(250);
  }
}

/** Events whose turn was ended between its effects, and left the rest to another one. */
function cutShort(rig: Rig): string[] {
  const events = Map.groupBy(rig.books.effects, ({ lane, seq }) => `${lane}:${seq}`);
  const turns = (id: string): number => new Set(events.get(id)?.map(({ turn }) => turn)).size;
  return [...events.keys()].filter((id) => turns(id) > 1);
}

/** Of each lane that stands still, the event at its head. */
function heads(rig: Rig): Rig['events'] {
  const lost = new Set(rig.verdict().lost);
  const standing = Map.groupBy(
    rig.events.filter(({ id }) => lost.has(id)),
    ({ lane }) => lane,
  );
  return [...standing.values()].flatMap(([head]) => head ?? []);
}

describe('clocks that jump back by an hour while a worker dies', () => {
  it('keep no lane waiting for longer, neither then nor when they are right again', async () => {
    const { rig, clock } = await start(sized({ short: 3.5, full: 15 }));
    const waits: number[] = [];
    for (let jump = 1; jump <= jumps; jump += 1) {
      await jumpBack(rig, clock);
      for (const then of ['back', 'right']) {
        if (then === 'right') clock.set(RIGHT);
        const { all, tookMs } = await goOn(rig, 15_000);
        expect(all).toBe(true);
        waits.push(tookMs);
      }
    }
    expect(await rig.settle(15_000)).toBe(true);
    rig.report('clock-jump, back', { jumps, 'through after (ms)': waits.join('/') });
    const verdict = rig.verdict();
    expect(verdict).toMatchObject({ lost: [], reordered: [], unflagged: [], overlaps: [] });
    expect(verdict).toMatchObject({ journaledTwice: [], handledTwice: [] });
    // Only deaths make anything happen twice.
    expect(verdict.extra.length).toBeLessThanOrEqual(inFlightAt(rig.interruptions));
  });

  it('control: without the time that never goes back, lanes wait until they are right', async () => {
    const { rig, clock } = await start(2, { guardsOff: ['clock'] });
    await jumpBack(rig, clock);
    const { all } = await goOn(rig, sized({ short: 2_500, full: 4_000 }));
    const standing = heads(rig);
    const paused = standing.filter(({ data }) => data.manner === 'stumble');
    clock.set(RIGHT);
    const { tookMs } = await goOn(rig, 15_000);
    rig.report('clock-jump, control without the guard', {
      'lanes standing': standing.length,
      paused: paused.length,
      'through when right (ms)': tookMs,
    });
    expect(rig.books.weakened).toContain('clock');
    expect(all).toBe(false);
    expect(paused.length).toBeGreaterThan(0);
    expect(standing.length - paused.length).toBeGreaterThan(0);
    expect(await rig.settle(15_000)).toBe(true);
  });
});

describe('clocks that jump forward by an hour', () => {
  /** Effects last longer than it takes to find the lane whose lease has ended. */
  const slowEffects: Partial<RigOptions> = {
    latencyMs: 100,
    worker: { ...worker, leaseMs: 4_000, sweepEveryMs: 25 },
  };

  it('do nothing to a worker by its own clock; by that of Redis they end its leases under it', async () => {
    const { rig, clock } = await start(1.5 + jumps * 1.5, slowEffects);
    await jumpMachines(rig, clock);
    expect(cutShort(rig)).toEqual([]);
    expect(rig.verdict()).toMatchObject({ extra: [], flagged: [], overlaps: [] });
    let inFlight = 0;
    for (let jump = 1; jump <= jumps; jump += 1) {
      await delay(500);
      inFlight += rig.inFlight().length;
      // Each jump goes an hour beyond the one before: a shard's time never comes back from it.
      clock.set({ redis: jump * HOUR_MS, machines: jump * HOUR_MS });
      expect((await goOn(rig, 15_000)).all).toBe(true);
      clock.set(RIGHT);
      expect((await goOn(rig, 15_000)).all).toBe(true);
    }
    expect(await rig.settle(15_000)).toBe(true);
    rig.report('clock-jump, forward', { jumps, 'in flight then': inFlight });
    const verdict = rig.verdict();
    expect(verdict).toMatchObject({ lost: [], reordered: [], unflagged: [] });
    expect(verdict).toMatchObject({ journaledTwice: [], handledTwice: [] });
    expect(verdict.extra.length).toBeGreaterThan(0);
    expect(verdict.extra.length).toBeLessThanOrEqual(inFlight);
    // Two turns of a lane are at work only while the older one waits for its last effect.
    expect(verdict.overlaps.length).toBeLessThanOrEqual(verdict.extra.length);
  });
});
