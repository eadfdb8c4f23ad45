import { fold } from '@bot/handlers';
import type { Terms } from '../examples.ts';
import type { Found } from './entity.ts';

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** Finds phrases as whole words, with or without accents; of several the longest. */
export function createTermFinder(terms: Terms): (text: string) => Found[] {
  const known = new Map<string, { readonly name: string; readonly value: string }>();
  let longest = 0;
  for (const [name, values] of Object.entries(terms)) {
    for (const [value, phrases] of Object.entries(values)) {
      for (const phrase of phrases) {
        const words = wordsOf(phrase).map(({ folded }) => folded);
        known.set(words.join(' '), { name, value });
        longest = Math.max(longest, words.length);
      }
    }
  }

  return (text) => {
    const found: Found[] = [];
    const words = known.size === 0 ? [] : wordsOf(text);
    for (let first = 0; first < words.length; first += 1) {
      for (let last = Math.min(first + longest, words.length) - 1; last >= first; last -= 1) {
        const span = words.slice(first, last + 1);
        const term = known.get(span.map(({ folded }) => folded).join(' '));
        if (term === undefined) continue;
        const { start } = words[first] ?? { start: 0 };
        const { end } = words[last] ?? { end: 0 };
        found.push({ start, end, entity: { kind: 'term', text: text.slice(start, end), ...term } });
        first = last;
        break;
      }
    }
    return found;
  };
}

function wordsOf(text: string): { folded: string; start: number; end: number }[] {
  return [...text.matchAll(WORD)].map(({ 0: word, index: start }) => ({
    folded: fold(word),
    start,
    end: start + word.length,
  }));
}
