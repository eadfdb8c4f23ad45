import { describe, expect, it } from 'vitest';
import { createWords, firstLanguage, languages } from './words.ts';

const noon = new Date(2026, 10, 26, 12, 0).getTime();
const hours = (count: number): number => noon + count * 3_600_000;

describe('the texts of the page', () => {
  it('have the same places to fill in in both languages', () => {
    const places = (words: Readonly<Record<string, string>>): string[] =>
      Object.entries(words).map(
        ([name, value]) => `${name} ${(value.match(/\{\w+\}/g) ?? []).toSorted().join(' ')}`,
      );
    expect(places(languages.en)).toEqual(places(languages.vi));
    expect(Object.values(languages).flatMap((texts) => Object.values(texts))).not.toContain('');
  });

  it('are in the chosen language, else in the browser’s', () => {
    expect(firstLanguage('en', 'vi-VN')).toBe('en');
    expect(firstLanguage(null, 'vi-VN')).toBe('vi');
    expect(firstLanguage(null, 'fr')).toBe('en');
    expect(createWords('vi', () => noon).text('status-retrying', { status: 503 })).toBe(
      'Webhook trả lời 503, đang thử lại',
    );
  });
});

describe('times', () => {
  const vi = createWords('vi', () => noon);
  const en = createWords('en', () => noon);

  it('are told as today and yesterday, else by the date', () => {
    expect([vi.day(noon), vi.day(hours(-24))]).toEqual(['Hôm nay', 'Hôm qua']);
    expect(en.day(hours(-72))).toContain('November 23');
    expect([en.time(hours(-1)), en.time(hours(-48))]).toEqual(['11:00', '11/24']);
  });

  it('say when a window ends', () => {
    expect(en.until(hours(2))).toBe('14:00');
    expect(vi.until(hours(24))).toBe('mai 12:00');
  });

  it('are exact in the timeline, and lengths of time short', () => {
    expect(en.exactClock(noon + 7)).toBe('12:00:00.007');
    expect([en.ms(12.4), vi.ms(2500)]).toEqual(['12 ms', '2,5 s']);
  });
});
