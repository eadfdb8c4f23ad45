import { describe, expect, it } from 'vitest';
import { languageOf, wordsOf } from './words.ts';

describe('the language', () => {
  it.each([
    ['vi', 'en-US', 'vi'],
    ['en', 'vi', 'en'],
    [undefined, 'vi-VN,vi;q=0.9,en;q=0.8', 'vi'],
    [undefined, 'en-US,en;q=0.9,vi;q=0.8', 'en'],
    [undefined, 'fr-FR, vi;q=0.5', 'vi'],
    [undefined, 'fr,envious', 'en'],
    [undefined, undefined, 'en'],
    ['fr', 'vi', 'vi'],
  ])('is, of lang=%s and what the browser says, %s, %s', (asked, accepted, language) => {
    expect(languageOf(asked, accepted)).toBe(language);
  });

  it('has words for the same things in both', () => {
    const namesOf = (value: unknown): unknown =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).map(([name, inner]) => [name, namesOf(inner)])
        : typeof value;
    expect(namesOf(wordsOf('vi'))).toEqual(namesOf(wordsOf('en')));
  });
});
