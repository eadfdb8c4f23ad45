import { describe, expect, it } from 'vitest';
import { hourOf, silentSince } from './silence.ts';

const HOUR_MS = 60 * 60 * 1_000;
/** A Monday at 0:00. */
const monday = Date.UTC(2026, 10, 2);

/** The hours of so many days, from that Monday on, in which `talks` says that somebody spoke. */
function heard(
  days: number,
  talks: (hourOfDay: number, day: number, hour: number) => boolean,
): number[] {
  return Array.from({ length: days * 24 }, (_, hour) => hour)
    .filter((hour) => talks(hour % 24, Math.floor(hour / 24), hour))
    .map((hour) => hourOf(monday) + hour);
}

const at = (day: number, hour: number): number => monday + (day * 24 + hour) * HOUR_MS;
const shop = (hour: number, day: number): boolean => hour >= 8 && hour < 20 && day % 7 < 5;

describe('a Page that talks day and night', () => {
  const hours = heard(14, () => true);

  it('is silent once it has said nothing for more than three hours', () => {
    expect(silentSince(hours, at(14, 3))).toBeUndefined();
    expect(silentSince(hours, at(14, 4))).toBe(at(14, 0));
    expect(silentSince(hours, at(18, 0))).toBe(at(14, 0));
  });
});

describe('a shop that is open on weekdays', () => {
  const hours = heard(19, shop);

  it('is not silent at night, nor at the weekend', () => {
    const untilThursday = hours.filter((hour) => hour < hourOf(at(17, 20)));
    expect(silentSince(untilThursday, at(18, 8))).toBeUndefined();
    expect(silentSince(hours, at(21, 8))).toBeUndefined();
  });

  it('is silent when its hours pass without a word', () => {
    expect(silentSince(hours, at(21, 11))).toBeUndefined();
    expect(silentSince(hours, at(21, 12))).toBe(at(18, 20));
  });
});

describe('a Page that talks now and then', () => {
  it('is silent only when it has passed over many of its hours', () => {
    // About every other hour, another one each week.
    const hours = heard(14, (_hour, _day, hour) => (hour * 7919) % 11 < 6);
    const since = Array.from({ length: 60 }, (_, passed) => silentSince(hours, at(14, passed)));
    const first = since.findIndex((each) => each !== undefined);
    expect(first).toBeGreaterThan(12);
    expect(first).toBeLessThan(40);
  });
});

it.each([
  ['nothing', []],
  ['one week', heard(7, () => true)],
  ['too little', heard(14, (hour) => hour === 9)],
])('a Page of which is known %s is never silent', (_what, hours) => {
  for (let day = 7; day < 30; day += 1)
    expect(
      silentSince(
        hours.filter((hour) => hour < hourOf(at(day, 0))),
        at(day, 5),
      ),
    ).toBeUndefined();
});
