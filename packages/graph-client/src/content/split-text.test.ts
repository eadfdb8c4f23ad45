import { describe, expect, it } from 'vitest';

import { splitText } from './split-text.ts';

describe('splitText', () => {
  it('leaves a text alone that fits', () => {
    expect(splitText('xin chào')).toEqual(['xin chào']);
    expect(splitText('a'.repeat(2000))).toHaveLength(1);
  });

  it('cuts between lines, else between words', () => {
    expect(splitText('một hai\nba bốn', 10)).toEqual(['một hai', 'ba bốn']);
    expect(splitText('một hai ba bốn', 10)).toEqual(['một hai ba', 'bốn']);
  });

  it('fills a part that has no good place to cut, or only one in its first half', () => {
    expect(splitText('a'.repeat(25), 10)).toEqual(['a'.repeat(10), 'a'.repeat(10), 'a'.repeat(5)]);
    expect(splitText('bốn năm6789012', 10)).toEqual(['bốn năm678', '9012']);
    expect(splitText('năm56 7890123', 10)).toEqual(['năm56', '7890123']);
  });

  it('never cuts inside what a reader sees as one character', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(splitText(family.repeat(3), 15)).toEqual([family, family, family]);
    const decomposed = 'ắ'.normalize('NFD');
    expect(splitText(decomposed.repeat(4), 7)).toEqual([
      decomposed.repeat(2),
      decomposed.repeat(2),
    ]);
  });

  it('loses no character of a text without spaces, however long', () => {
    const text = 'Tiếngviệt😊'.repeat(1_000);
    const parts = splitText(text);
    expect(parts.join('')).toBe(text);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(2000);
  });

  it('makes no empty part of space', () => {
    expect(splitText(`a${' '.repeat(30)}b`, 10)).toEqual(['a', 'b']);
  });
});
