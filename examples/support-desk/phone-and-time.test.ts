import { describe, expect, it } from 'vitest';
import { readPhoneAndTime, timeTroubleOf, writeTime } from './phone-and-time.ts';

/** 8 o'clock in Đà Nẵng on a Tuesday, the first of December. */
const now = Date.UTC(2026, 11, 1, 1);
const DAY_MS = 24 * 60 * 60 * 1_000;

describe('a text that says when to call whom', () => {
  it.each([
    ['3h chiều mai', '15:00, 02/12/2026'],
    ['mai luc 9h ruoi', '09:30, 02/12/2026'],
    ['3pm tomorrow', '15:00, 02/12/2026'],
    ['25/12 14:30', '14:30, 25/12/2026'],
    ['0912 345 678 lúc 10h sáng thứ sáu', '10:00, 04/12/2026'],
  ])('%j names a time', (text, written) => {
    const { at, trouble } = readPhoneAndTime(text, { now, locale: 'en' });
    expect(at && writeTime(at)).toBe(written);
    expect(trouble).toBeUndefined();
  });

  it.each([
    ['0912345678', '+84912345678'],
    ['+84 912.345.678', '+84912345678'],
    ['my number is +1 213 373 4253', '+12133734253'],
    ['12345', undefined],
    ['0912 345', undefined],
  ])('%j names the number %s', (text, phone) => {
    expect(readPhoneAndTime(text, { now, locale: 'vi' }).phone).toBe(phone);
  });

  it.each([
    ['ngày mai', 'needTime'],
    ['hôm qua 3h chiều', 'pastTime'],
    ['11h đêm mai', 'closedTime'],
    ['15/2 lúc 9h', 'farTime'],
  ])('%j is refused: %s', (text, trouble) => {
    expect(readPhoneAndTime(text, { now, locale: 'vi' }).trouble).toBe(trouble);
  });
});

it('takes the first minute of the day and the last, and 30 days', () => {
  const eight = now + DAY_MS;
  expect(timeTroubleOf(eight, now)).toBeUndefined();
  expect(timeTroubleOf(eight - 1, now)).toBe('closedTime');
  expect(timeTroubleOf(eight + 13 * 60 * 60 * 1_000 - 1, now)).toBeUndefined();
  expect(timeTroubleOf(eight + 13 * 60 * 60 * 1_000, now)).toBe('closedTime');
  expect(timeTroubleOf(now + 30 * DAY_MS, now)).toBeUndefined();
  expect(timeTroubleOf(now, now)).toBe('pastTime');
});
