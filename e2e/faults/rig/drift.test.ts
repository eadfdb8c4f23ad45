import { describe, expect, it } from 'vitest';
import { drift } from './drift.ts';

const readings = (of: (index: number) => number): number[] =>
  Array.from({ length: 30 }, (_, i) => of(i));

describe('the drift of a figure', () => {
  it('is what it has grown from the first third to the last', () => {
    expect(drift(readings((index) => 100 + index))).toBe(20);
    expect(drift(readings((index) => 100 - index))).toBe(-20);
  });

  it('is none for one that goes up and down, or has a peak', () => {
    expect(drift(readings((index) => index % 5))).toBe(0);
    expect(drift(readings((index) => (index === 29 ? 1_000 : 7)))).toBe(0);
  });

  it('cannot be told from two readings', () => {
    expect(() => drift([1, 2])).toThrow('read more often');
  });
});
