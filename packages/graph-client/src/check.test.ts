import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { RequestError } from './errors.ts';
import { check } from './check.ts';
import { httpUrl, id, isId, text } from './limits.ts';

const order = z.strictObject({
  name: text(5),
  size: z.enum(['S', 'M']).optional(),
  count: z.int().min(1).max(9).optional(),
  lines: z
    .array(z.object({ shop: id }))
    .min(1)
    .max(2)
    .optional(),
  gift: z.union([z.strictObject({ to: text(5) }), z.strictObject({ from: id })]).optional(),
});

const name = 'Áo';

describe('a check', () => {
  it('answers what it was given', () => {
    expect(check('order', order, { name, count: 9 })).toEqual({ name, count: 9 });
  });

  it.each([
    [{}, 'order.name', 'is missing: it must be string'],
    [{ name: 7 }, 'order.name', 'must be string, and is number'],
    [{ name: '' }, 'order.name', 'must have at least 1 characters, and has 0'],
    [{ name: 'Áo dài' }, 'order.name', 'must have at most 5 characters, and has 6'],
    [{ name, size: 'L' }, 'order.size', 'must be one of: S, M'],
    [{ name, count: 0 }, 'order.count', 'must be at least 1'],
    [{ name, count: 10 }, 'order.count', 'must be at most 9'],
    [{ name, lines: [] }, 'order.lines', 'must have at least 1 items, and has 0'],
    [
      { name, lines: [{ shop: '1' }, { shop: 'a' }] },
      'order.lines[1].shop',
      'must be an id: a string of 1 to 32 digits',
    ],
    [{ name, note: 'x' }, 'order', 'must not have note'],
    [{ name, gift: { from: 'x' } }, 'order.gift.from', 'must be an id: a string of 1 to 32 digits'],
    ['Áo dài', 'order', 'must be object, and is string'],
    [undefined, 'order', 'is missing: it must be object'],
  ])('of %j names %s and says that it %s', (value, field, problem) => {
    expect(() => check('order', order, value)).toThrow(
      expect.objectContaining({ field, message: `${field} ${problem}.` }),
    );
    expect(() => check('order', order, value)).toThrow(RequestError);
  });

  it('never shows what it was given', () => {
    const secret = 'số thẻ 4111 1111';
    const anywhere = fc.property(fc.constantFrom('name', 'size', 'count', 'gift'), (key) => {
      for (const value of [secret, [secret], { [key]: secret }]) {
        expect(() => check('order', order, { name, [key]: value })).toThrow(
          expect.objectContaining({ message: expect.not.stringContaining(secret) }),
        );
      }
    });
    expect(() => fc.assert(anywhere)).not.toThrow();
  });
});

it('a text is counted in UTF-16 code units: an accented letter is one, an emoji is two', () => {
  expect(text(5).safeParse('ữ'.repeat(5)).success).toBe(true);
  expect(text(4).safeParse('😊😊').success).toBe(true);
  expect(text(3).safeParse('😊😊').success).toBe(false);
});

it.each([
  ['0', true],
  ['9'.repeat(32), true],
  ['9'.repeat(33), false],
  ['', false],
  ['12a', false],
  ['１２', false],
  ['12\n', false],
  [12, false],
  [undefined, false],
])('%j as an id of Meta is %s', (value, expected) => {
  expect(isId(value)).toBe(expected);
  expect(id.safeParse(value).success).toBe(expected);
});

it.each([
  ['https://example.com', true],
  ['http://127.0.0.1:4000/ao.png?size=M#top', true],
  [`https://example.com/${'a'.repeat(2028)}`, true],
  [`https://example.com/${'a'.repeat(2029)}`, false],
  ['https://', false],
  ['https:///ao.png', false],
  ['https://example.com/áo dài', false],
  ['ftp://example.com', false],
  ['javascript:alert(1)', false],
  ['//example.com', false],
  ['', false],
])('%j as an address is %s', (value, expected) => {
  expect(httpUrl.safeParse(value).success).toBe(expected);
});
