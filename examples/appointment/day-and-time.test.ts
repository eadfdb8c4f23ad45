import { expect, it } from 'vitest';
import { readDayAndTime, writeDayAndTime } from './day-and-time.ts';

const now = Date.UTC(2026, 11, 1, 1);

it.each([
  ['25/12 14:30', '14:30, 25/12/2026'],
  ['ngày 25-12 lúc 9h', '09:00, 25/12/2026'],
  ['1/12 9h15', '09:15, 01/12/2026'],
  ['30/11 8:00', '08:00, 30/11/2027'],
  ['29/2 8:00', undefined],
  ['31/4 8:00', undefined],
  ['25/12 24:00', undefined],
  ['25/12 9:60', undefined],
  ['25/13 9:00', undefined],
  ['mai', undefined],
])('reads %j as %s', (text, written) => {
  const time = readDayAndTime(text, now);
  expect(time === undefined ? undefined : writeDayAndTime(time)).toBe(written);
});
