import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MAX_TEXT_LENGTH } from '../limits.ts';
import { toGraphMessage } from './message.ts';
import { splitMessage } from './split-message.ts';

const quickReplies = [{ title: 'Tiếp', payload: 'NEXT' }];
const story = 'Ngày xửa ngày xưa, ở một làng kia. '.repeat(200);

/** Texts of words, lines, emoji and marks, long enough to need several parts. */
const longText = fc
  .array(
    fc.constantFrom('xin ', 'chào\n', 'Tiếngviệt', '😊', '👨‍👩‍👧', 'ắ'.normalize('NFD'), ' ', '.'),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  .chain((words) => fc.integer({ min: 1, max: 200 }).map((count) => words.join('').repeat(count)));

const withoutSpace = (text: string): string => text.replaceAll(/\s/g, '');

describe('splitMessage', () => {
  it('leaves a message alone that fits', () => {
    expect(splitMessage({ text: 'xin chào', quickReplies })).toEqual([
      { text: 'xin chào', quickReplies },
    ]);
    expect(splitMessage({ text: 'hi' })).toStrictEqual([{ text: 'hi' }]);
  });

  it('makes messages that the Send API takes', () => {
    const parts = splitMessage({ text: story, quickReplies });
    expect(parts).toHaveLength(Math.ceil(story.length / MAX_TEXT_LENGTH));
    expect(() => parts.map((part) => toGraphMessage(part))).not.toThrow();
  });

  it('loses nothing of a text but space at the cuts, and puts the quick replies last', () => {
    const anyText = fc.property(longText, (text) => {
      const parts = splitMessage({ text, quickReplies });
      expect(withoutSpace(parts.map((part) => part.text).join(''))).toBe(withoutSpace(text));
      expect(parts.every((part) => part.text.length <= MAX_TEXT_LENGTH)).toBe(true);
      expect(parts.findIndex((part) => part.quickReplies !== undefined)).toBe(parts.length - 1);
    });
    expect(() => fc.assert(anyText)).not.toThrow();
  });

  it('never makes no message at all', () => {
    expect(splitMessage({ text: ' '.repeat(3000), quickReplies })).not.toEqual([]);
  });
});
