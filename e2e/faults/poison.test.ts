import type { DeadLetter } from '@bot/queue';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seed, sized } from './rig/form.ts';
import { inFlightAt } from './rig/report.ts';
import { startRig, type Rig, type RigOptions } from './rig/rig.ts';
import type { Harm, Manner, PlannedEvent, TrafficOptions } from './rig/traffic.ts';

const LEASE_MS = 1_000;
/** Workers that an event may cost; the product's default. */
const LOST_ATTEMPTS = 5;

/** Short leases and pauses, since each poison event costs many workers; heaps that are soon full. */
const workers = {
  workers: 3,
  revived: true,
  workerFlags: ['--max-old-space-size=48'],
  worker: {
    leaseMs: LEASE_MS,
    graceMs: 500,
    sweepEveryMs: 250,
    stuckMs: 700,
    retry: { firstDelayMs: 50, mostDelayMs: 200, lostAttempts: LOST_ATTEMPTS },
  },
} satisfies Partial<RigOptions>;

const traffic = sized({
  short: { events: 2_000, lanes: 400, perSecond: 400 },
  full: { events: 8_000, lanes: 1_000, perSecond: 400 },
});
/** One of each harm, or two: one before the steps, one between them. */
const poisoned = withPoison(traffic, sized({ short: 4, full: 8 }), [
  'throw',
  'exit',
  'spin',
  'exhaust',
]);

/** Poison at even distances in the first half, each harm at each place in turn. */
function withPoison(
  load: TrafficOptions,
  count: number,
  harms: readonly Harm[],
): TrafficOptions & { readonly mannerOf: (index: number) => Manner } {
  const apart = Math.floor(load.events / 2 / count);
  const mannerOf = (index: number): Manner => {
    const turn = index / apart - 1;
    const harm = turn >= 0 && turn < count ? harms[turn % harms.length] : undefined;
    if (harm === undefined) return 'reply';
    return { harm, afterSteps: Math.floor(turn / harms.length) % 2 === 0 ? 0 : 1 };
  };
  return { ...load, mannerOf };
}

async function start(options: Omit<RigOptions, 'seed'>): Promise<Rig> {
  const rig = await startRig({ seed, ...workers, ...options });
  onTestFinished(() => rig.close());
  return rig;
}

const poisonOf = ({ events }: Rig): PlannedEvent[] =>
  events.filter(({ data }) => data.manner !== 'reply');

/** Events that had to wait in their lane for a poison event to be given up. */
function behindPoison(rig: Rig): number {
  const first = new Map(poisonOf(rig).map(({ lane, data }) => [lane, data.seq]));
  return rig.books.handled.filter(({ lane, seq }) => seq > (first.get(lane) ?? Infinity)).length;
}

/** Dead letters of events that harmed nobody. */
function innocent(letters: readonly DeadLetter[]): DeadLetter[] {
  return letters.filter(({ event }) => (event as PlannedEvent).data.manner === 'reply');
}

/** What harmed more often than an event may, of those that harm their workers. */
function tooOften({ books, events }: Rig): string[] {
  const killers = events.filter(
    ({ data: { manner } }) => typeof manner === 'object' && manner.harm !== 'throw',
  );
  const harms = Map.groupBy(books.harms, ({ lane, seq }) => `${lane}:${seq}`);
  return killers.map(({ id }) => id).filter((id) => (harms.get(id)?.length ?? 0) > LOST_ATTEMPTS);
}

/** The name of the error that an event must have been given up for. */
function causeOf(event: PlannedEvent): string {
  const { manner } = event.data;
  return typeof manner === 'object' && manner.harm === 'throw' ? 'PoisonError' : 'TurnLostError';
}

const figuresOf = (rig: Rig, letters: readonly DeadLetter[]): Record<string, number> => ({
  poison: poisonOf(rig).length,
  'dead letters': letters.length,
  'innocent ones': innocent(letters).length,
  'most attempts at an innocent': Math.max(...rig.books.effects.map(({ attempt }) => attempt)),
});

describe('events that throw, never end, end their process, or exhaust its memory', () => {
  it('become dead letters, alone, and their lanes go on', async () => {
    const rig = await start({ traffic: poisoned });
    expect(await rig.settle(sized({ short: 60_000, full: 240_000 }))).toBe(true);
    const letters = await rig.queue.deadLetters.list({ limit: rig.events.length });
    rig.report('poison', figuresOf(rig, letters));

    const causes = new Map(letters.map(({ event, failures }) => [event.id, failures.at(-1)?.name]));
    const poison = poisonOf(rig);
    expect(causes).toEqual(new Map(poison.map((event) => [event.id, causeOf(event)])));
    expect(tooOften(rig)).toEqual([]);

    const verdict = rig.verdict();
    expect(verdict).toMatchObject({ lost: [], reordered: [], unflagged: [], overlaps: [] });
    expect(verdict.extra.length).toBeLessThanOrEqual(inFlightAt(rig.interruptions));
    expect(behindPoison(rig)).toBeGreaterThan(0);
  });

  it('control: without isolation, innocents are given up with them', async () => {
    const littleTraffic = { events: 1_200, lanes: 400, perSecond: 400 };
    const rig = await start({
      traffic: withPoison(littleTraffic, 2, ['exit']),
      guardsOff: ['isolation'],
    });
    expect(await rig.settle(60_000)).toBe(true);
    const letters = await rig.queue.deadLetters.list({ limit: rig.events.length });
    rig.report('poison, control without isolation', figuresOf(rig, letters));
    expect(rig.books.weakened).toContain('isolation');
    expect(innocent(letters).length).toBeGreaterThan(0);
  });

  it('control: nobody ends a worker that never ends its turn, without the guard', async () => {
    const littleTraffic = { events: 400, lanes: 200, perSecond: 400 };
    const { stuckMs: _, ...unguarded } = workers.worker;
    const rig = await start({
      traffic: withPoison(littleTraffic, 1, ['spin']),
      workers: 1,
      worker: unguarded,
    });
    expect(await rig.settle(3_000)).toBe(false);
    rig.report('poison, control without the guard of the event loop');
    expect(rig.verdict().lost.length).toBeGreaterThan(0);
  });
});
