import { expect, it } from 'vitest';

import { readField, readId, readNumber, readTime } from './fields.ts';

it('reads own fields only, never what every object inherits', () => {
  expect(readField({}, 'toString')).toBeUndefined();
  expect(readField({ toString: 1 }, 'toString')).toBe(1);
  expect(readField(JSON.parse('{"__proto__":{"id":"1"}}'), 'id')).toBeUndefined();
  expect(readField(['a'], '0')).toBeUndefined();
  expect(readField('text', 'length')).toBeUndefined();
});

it('takes no number for an id that may have lost digits', () => {
  expect(readId({ id: 2 ** 53 - 1 }, 'id')).toBe('9007199254740991');
  expect(readId({ id: 2 ** 53 }, 'id')).toBeUndefined();
  expect(readId({ id: -1 }, 'id')).toBeUndefined();
});

it('takes no number that is none', () => {
  expect(readNumber({ lat: 21.03 }, 'lat')).toBe(21.03);
  expect(readNumber({ lat: Infinity }, 'lat')).toBeUndefined();
  expect(readNumber({ lat: '21' }, 'lat')).toBeUndefined();
});

it('tells seconds from milliseconds', () => {
  expect(readTime({ t: 99_999_999_999 }, 't')).toBe(99_999_999_999_000);
  expect(readTime({ t: 100_000_000_000 }, 't')).toBe(100_000_000_000);
  expect(readTime({ t: '1763900000.5' }, 't')).toBe(1_763_900_000_500);
});
