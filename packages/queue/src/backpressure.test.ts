import { describe, expect, it } from 'vitest';
import {
  createPressureGauge,
  type BackpressureOptions,
  type Pressure,
  type PressureGauge,
  type PressureLimits,
} from './backpressure.ts';
import { InputError } from './errors.ts';
import { createManualClock, type ManualClock } from './testing/manual-clock.ts';

interface Measured {
  readonly gauge: PressureGauge;
  readonly clock: ManualClock;
  /** What the next measurements find. */
  load: PressureLimits;
  measurements: number;
}

const calm: PressureLimits = { events: 0, ageMs: 0, memory: 0 };

function setUp(options: BackpressureOptions = {}, load: PressureLimits = calm): Measured {
  const clock = createManualClock();
  const measured = { clock, load, measurements: 0 };
  const measure = async (): Promise<PressureLimits> => {
    measured.measurements += 1;
    return measured.load;
  };
  return Object.assign(measured, { gauge: createPressureGauge(measure, options, clock) });
}

/** The first reading knows nothing yet. */
async function pressureOf(load: Partial<PressureLimits>, options = {}): Promise<Pressure> {
  const { gauge, clock } = setUp(options, { ...calm, ...load });
  expect(gauge.read()).toEqual({ level: 'ok' });
  await clock.advance(0);
  return gauge.read();
}

describe('the pressure on a queue', () => {
  it.each([
    [{ events: 99_999 }, 'ok'],
    [{ events: 100_000 }, 'slow'],
    [{ events: 1_000_000 }, 'refuse'],
    [{ ageMs: 9_999 }, 'ok'],
    [{ ageMs: 10_000 }, 'slow'],
    [{ ageMs: 365 * 24 * 60 * 60 * 1_000 }, 'slow'],
    [{ memory: 0.69 }, 'ok'],
    [{ memory: 0.7 }, 'slow'],
    [{ memory: 0.9 }, 'refuse'],
  ])('at %j is by default: %s', async (load, level) => {
    expect((await pressureOf(load)).level).toBe(level);
  });

  it('says which limit is reached', async () => {
    const limits = { refuse: { events: 10, ageMs: 500, memory: 0.5 } };
    const reasons = await Promise.all(
      [{ events: 12 }, { ageMs: 700 }, { memory: 0.756 }].map((load) => pressureOf(load, limits)),
    );
    expect(reasons).toEqual([
      { level: 'refuse', reason: '12 events wait, of 10' },
      { level: 'refuse', reason: 'a lane has waited 700 ms for a worker, of 500' },
      { level: 'refuse', reason: 'Redis uses 76 % of its memory, of 50 %' },
    ]);
  });

  it('is measured when somebody asks, and not more often than every half second', async () => {
    const measured = setUp();
    await measured.clock.advance(10_000);
    expect(measured.measurements).toBe(0);
    measured.gauge.read();
    await measured.clock.advance(499);
    measured.gauge.read();
    expect(measured.measurements).toBe(1);
    await measured.clock.advance(1);
    measured.gauge.read();
    expect(measured.measurements).toBe(2);
  });

  it('is measured as often as asked for', async () => {
    const measured = setUp({ everyMs: 50 });
    measured.gauge.read();
    await measured.clock.advance(50);
    measured.gauge.read();
    expect(measured.measurements).toBe(2);
  });

  it('falls again', async () => {
    const measured = setUp({}, { ...calm, events: 2_000_000 });
    const levels: string[] = [];
    for (const events of [2_000_000, 200_000, 0]) {
      measured.load = { ...calm, events };
      measured.gauge.read();
      await measured.clock.advance(500);
      levels.push(measured.gauge.read().level);
      await measured.clock.advance(500);
    }
    expect(levels).toEqual(['refuse', 'slow', 'ok']);
  });

  it('stays as it was known while it cannot be measured', async () => {
    const clock = createManualClock();
    let away = false;
    const measure = async (): Promise<PressureLimits> => {
      if (away) throw new Error('away');
      away = true;
      return { ...calm, memory: 1 };
    };
    const gauge = createPressureGauge(measure, {}, clock);
    gauge.read();
    await clock.advance(500);
    expect(gauge.read().level).toBe('refuse');
    await clock.advance(500);
    expect(gauge.read().level).toBe('refuse');
  });

  it.each([
    [{ slow: { events: -1 } }, 'backpressure.slow.events must be at least 0, got -1.'],
    [{ refuse: { memory: Number.NaN } }, 'backpressure.refuse.memory must be at least 0, got NaN.'],
  ])('has no limits like %j', (options, message) => {
    expect(() => setUp(options)).toThrow(new InputError(message));
  });
});
