import { describe, expect, it } from 'vitest';
import { featuresOf } from './features.ts';

const namesOf = (text: string): string[] => Object.keys(featuresOf(text)).toSorted();

describe('the features of a text', () => {
  it('are words, neighbours, runs of letters, and words as they are accented', () => {
    expect(namesOf('Giá sỉ')).toEqual(
      ['w:gia', 'w:si', 'p:gia si', 'a:giá', 'a:sỉ', 'l: gi', 'l:gia', 'l:ia ', 'l: gia', 'l:gia ']
        .concat(['l: si', 'l:si ', 'l: si '])
        .toSorted(),
    );
  });

  it('are the same however the accents are composed', () => {
    expect(featuresOf('giá'.normalize('NFD'))).toEqual(featuresOf('giá'));
  });

  it('tell how long a number is, and not which', () => {
    expect(namesOf('0912345678')).toEqual(namesOf('0987654321'));
    expect(namesOf('45')).not.toEqual(namesOf('450'));
  });

  it('weigh the same together, in a short text and in a long one', () => {
    for (const text of ['giá', 'cho mình hỏi giá của cái áo màu đỏ này với shop ơi']) {
      const squares = Object.values(featuresOf(text)).map((value) => value ** 2);
      expect(squares.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1);
    }
  });

  it('are none of a text without a word', () => {
    expect(featuresOf('😀 … !!!')).toEqual({});
    expect(featuresOf('\u0301'.repeat(2_000))).toEqual({});
  });

  it('are bounded, however long the text is', () => {
    expect(namesOf('ab1 '.repeat(5_000)).length).toBeLessThan(20);
    const long = Array.from({ length: 5_000 }, (_, index) => String.fromCodePoint(0x4e00 + index));
    expect(namesOf(long.join('')).length).toBeLessThan(1_300);
  });
});
