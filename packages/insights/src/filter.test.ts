import { describe, expect, it } from 'vitest';
import { readFilter, unitOf } from './filter.ts';

/** 6 January in Vietnam, 5 January in London. */
const how = { now: Date.parse('2026-01-05T18:00:00Z'), timeZone: 'Asia/Ho_Chi_Minh' };
const read = (query: Record<string, unknown>): unknown => {
  const found = readFilter(query, how);
  return found.kind === 'filter' ? found.filter : found.parameter;
};

describe('an address', () => {
  it('asks for the last week without parameters, by the day that it is there', () => {
    const { timeZone } = how;
    const week = { from: '2025-12-31', to: '2026-01-06', timeZone, texts: false };
    expect(read({})).toEqual(week);
    expect(read({ page: '', from: '', to: '', tz: '', texts: '', lang: 'vi' })).toEqual(week);
    expect(read({ tz: 'Europe/London' })).toMatchObject({ from: '2025-12-30', to: '2026-01-05' });
  });

  it('asks for a Page, days and texts', () => {
    expect(
      read({ page: '10', from: '2024-02-29', to: '2024-03-01', tz: 'UTC', texts: '1' }),
    ).toEqual({
      page: '10',
      from: '2024-02-29',
      to: '2024-03-01',
      timeZone: 'UTC',
      texts: true,
    });
    expect(read({ days: '1' })).toMatchObject({ from: '2026-01-06', to: '2026-01-06' });
    expect(read({ days: '30' })).toMatchObject({ from: '2025-12-08', to: '2026-01-06' });
  });

  it.each(['Etc/GMT+7', 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince', 'UTC'])(
    'may name the time zone %s',
    (tz) => expect(read({ tz })).toMatchObject({ timeZone: tz }),
  );

  it.each([
    ['page', { page: '10; drop table' }],
    ['page', { page: ['10', '11'] }],
    ['from', { from: '2026-02-30' }],
    ['from', { from: 'yesterday' }],
    ['from', { from: '2026-01-07', to: '2026-01-06' }],
    ['from', { from: '2024-11-01', to: '2026-01-06' }],
    ['to', { to: '0001-01-01' }],
    ['to', { to: '2026-1-1' }],
    ['days', { days: '365' }],
    ['days', { days: '7', from: '2026-01-01' }],
    ['tz', { tz: '+07:00' }],
    ['tz', { tz: 'Asia/Atlantis' }],
    ['tz', { tz: "UTC'" }],
    ['lang', { lang: 'fr' }],
    ['texts', { texts: 'yes' }],
    ['other', { tets: '1' }],
    ['other', { ['__proto__x']: '1' }],
    ['other', { constructor: '1' }],
  ])('is refused for its %s: %j', (parameter, query) => {
    expect(read(query)).toBe(parameter);
  });

  it('is shown by the hour up to two days', () => {
    const filter = { timeZone: 'UTC', texts: false, from: '2026-01-01' };
    expect(unitOf({ ...filter, to: '2026-01-02' })).toBe('hour');
    expect(unitOf({ ...filter, to: '2026-01-03' })).toBe('day');
  });
});
