import { describe, expect, it } from 'vitest';
import { isOnlyEmoji, piecesOf } from './rich-text.ts';

describe('a text', () => {
  it('has its addresses as links, without the marks of the sentence', () => {
    expect(piecesOf('Xem https://quan.example/tra?x=1. (http://a.example/b)')).toEqual([
      { kind: 'text', text: 'Xem ' },
      { kind: 'link', text: 'https://quan.example/tra?x=1', url: 'https://quan.example/tra?x=1' },
      { kind: 'text', text: '. (' },
      { kind: 'link', text: 'http://a.example/b', url: 'http://a.example/b' },
      { kind: 'text', text: ')' },
    ]);
  });

  it.each(['javascript:alert(1)', '<img src=x onerror=1>', 'https://', 'Chào bạn!'])(
    'stays text: %s',
    (text) => {
      expect(piecesOf(text)).toEqual([{ kind: 'text', text }]);
    },
  );

  it.each([
    ['👋', true],
    ['👋🍵 ❤️', true],
    ['👩‍👩‍👧', true],
    ['👍🏽', true],
    ['🇻🇳', true],
    ['👋🍵🌸🌿', false],
    ['xin chào 👋', false],
    ['123', false],
    ['', false],
  ])('is large when it is one to three emoji: %s', (text, large) => {
    expect(isOnlyEmoji(text)).toBe(large);
  });
});
