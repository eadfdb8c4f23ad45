import { describe, expect, it } from 'vitest';
import { seeded } from './random.ts';
import { eventsFrom, planTraffic } from './traffic.ts';

const options = { events: 5_000, lanes: 200, perSecond: 1_000 };
const events = planTraffic(options, seeded(1));

describe('planned traffic', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(planTraffic(options, seeded(1))).toEqual(events);
    expect(planTraffic(options, seeded(2))).not.toEqual(events);
  });

  it('counts up in each lane, never back in time', () => {
    for (const lane of Map.groupBy(events, (event) => event.lane).values()) {
      expect(lane.map(({ data }) => data.seq)).toEqual(lane.map((_, index) => index));
      const times = lane.map(({ timestamp }) => timestamp);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
    }
  });

  it('is spread evenly over time', () => {
    expect([events[0], events[2_500]].map((event) => event?.timestamp)).toEqual([0, 2_500]);
  });

  it('is due from the beginning of the run on', () => {
    const due = eventsFrom(7_000, events);
    expect(due.map(({ timestamp }) => timestamp - 7_000)).toEqual(
      events.map(({ timestamp }) => timestamp),
    );
    expect(due[1]).toEqual({ ...events[1], timestamp: 7_001 });
  });

  it('reaches every lane, the first far more often than the last', () => {
    const lanes = Map.groupBy(events, ({ lane }) => lane);
    const [first = [], last = []] = [lanes.get('lane-0'), lanes.get('lane-199')];
    expect(lanes.size).toBe(200);
    expect(first.length).toBeGreaterThan(5 * last.length);
  });
});
