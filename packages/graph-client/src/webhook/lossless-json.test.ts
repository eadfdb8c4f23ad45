import { describe, expect, it } from 'vitest';

import { parseLosslessJson } from './lossless-json.ts';

it.each([
  ['[90071992547409931]', ['90071992547409931']],
  ['{"id": -12345678901234567890}', { id: '-12345678901234567890' }],
  ['[ 9007199254740993\n,\t9007199254740991 ]', ['9007199254740993', 9_007_199_254_740_991]],
  ['{"12345678901234567890":1}', { '12345678901234567890': 1 }],
  [
    '["[12345678901234567890","\\",12345678901234567890,\\\\"]',
    ['[12345678901234567890', '",12345678901234567890,\\'],
  ],
  [
    '[12345678901234567890,"a\\"b: 12345678901234567890,"]',
    ['12345678901234567890', 'a"b: 12345678901234567890,'],
  ],
  ['[1e20,-1.5,0.0012345678901234567]', [1e20, -1.5, 0.001_234_567_890_123_456_7]],
])('%s keeps the digits of its integers, and nothing else changes', (text, value) => {
  expect(parseLosslessJson(text)).toEqual(value);
});

it.each([
  '[12345678901234567890',
  '[012345678901234567890]',
  '["12345678901234567890,',
  '[:12345678901234567890]',
])('%s is as malformed as it was', (text) => {
  expect(() => parseLosslessJson(text)).toThrow(SyntaxError);
});

describe('a text of millions of', () => {
  const long = (unit: string): string => `[12345678901234567890,"${unit.repeat(1_000_000)}`;

  it.each([String.raw`\"`, '","', 'ữ'])('%s is read in its time', (unit) => {
    expect(parseLosslessJson(`${long(unit)}"]`)).toHaveProperty('0', '12345678901234567890');
  });

  it.each([String.raw`\"`, '\\'])('%s without end is given up in its time', (unit) => {
    expect(() => parseLosslessJson(long(unit))).toThrow(SyntaxError);
  });
});
