import { matchKeyword } from './keywords.ts';
import type { Recogniser } from './recogniser.ts';

/**
 * Knows intents by keywords, see {@link matchKeyword}; those declared first come first, and it is
 * sure of all of them.
 *
 * @example
 * createKeywordRecogniser({ price: ['giá', 'bao nhiêu', 'price'], order: ['mua', 'đặt', 'order'] });
 */
export function createKeywordRecogniser(
  keywords: Readonly<Record<string, readonly string[]>>,
): Recogniser {
  const intents = Object.entries(keywords);
  return {
    recognise: async ({ text }) =>
      intents
        .filter(([, words]) => matchKeyword(text, words) !== undefined)
        .map(([name]) => ({ name, confidence: 1 })),
  };
}
