import { describe, expect, it } from 'vitest';
import { createAgenda } from './agenda.ts';
import { seeded } from './seeded.ts';
import { createStation } from './station.ts';

interface Found {
  readonly utilisation: number;
  /** Before a visit is served, mean in ms. */
  readonly waitMs: number;
}

/** So many visits as a Poisson process, one every two ms, to a station that takes them one by one. */
function observe(draw: (mean: number, random: () => number) => number): Found {
  const random = seeded(7);
  const agenda = createAgenda();
  const station = createStation(agenda);
  const workMs = 1;
  const visits = 400_000;
  let [left, waited] = [visits, 0];
  function arrive(): void {
    const [cameAt, own] = [agenda.now, draw(workMs, random)];
    station.visit(own, () => (waited += agenda.now - cameAt - own));
    if ((left -= 1) > 0) agenda.after(exponential(2, random), arrive);
  }
  arrive();
  agenda.run(2 * visits);
  return { utilisation: station.busyMs / agenda.now, waitMs: waited / visits };
}

const exponential = (mean: number, random: () => number): number => -mean * Math.log(1 - random());

describe('a station', () => {
  it('is as busy and lets wait as long as M/M/1', () => {
    const { utilisation, waitMs } = observe(exponential);
    expect(utilisation).toBeCloseTo(0.5, 2);
    // Utilisation / (rate of service - rate of arrival) = 0.5 / (1 - 0.5).
    expect(waitMs).toBeGreaterThan(0.97);
    expect(waitMs).toBeLessThan(1.03);
  });

  it('lets wait half as long when all take the same time, as M/D/1', () => {
    const { waitMs } = observe((mean) => mean);
    expect(waitMs).toBeGreaterThan(0.485);
    expect(waitMs).toBeLessThan(0.515);
  });

  it('serves in the order of arrival', () => {
    const agenda = createAgenda();
    const station = createStation(agenda);
    const served: [name: string, at: number][] = [];
    for (const name of ['one', 'two', 'three']) {
      station.visit(10, () => served.push([name, agenda.now]));
    }
    agenda.run(100);
    expect(served).toEqual([
      ['one', 10],
      ['two', 20],
      ['three', 30],
    ]);
  });

  it('waits for the disk once for all that came in meanwhile', () => {
    const agenda = createAgenda();
    const station = createStation(agenda, 5);
    const served: number[] = [];
    for (let each = 0; each < 3; each += 1) station.visit(1, () => served.push(agenda.now));
    agenda.run(100);
    // The first goes alone, 1 + 5; the others came in during that, 2 + 5.
    expect(served).toEqual([6, 13, 13]);
    expect(station.busyMs).toBe(3);
  });
});

describe('an agenda', () => {
  it('does what is due in order of time, and nothing later', () => {
    const agenda = createAgenda();
    const random = seeded(3);
    const done: number[] = [];
    for (let each = 0; each < 1_000; each += 1) {
      agenda.after(random() * 100, () => done.push(agenda.now));
    }
    agenda.run(50);
    expect(done).toEqual(done.toSorted((one, other) => one - other));
    expect(done.length).toBeGreaterThan(400);
    expect(done.length).toBeLessThan(600);
    agenda.run(100);
    expect(done.length).toBe(1_000);
  });
});
