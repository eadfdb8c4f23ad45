import type { Passage } from '@bot/nlp/model';
import { contentWordsOf, wordsOf, type Language } from './words.ts';

/** Fewer words in common may be chance: nearly every page speaks of tea. */
const LEAST_WORDS = 2;
const LEAST_SHARE = 0.7;

/**
 * Whether a passage that was found is an answer. A search finds the best there is, also to a question
 * that no page answers: so most of the question's words must stand in the passage.
 */
export function isSure(question: string, passage: Passage, language: Language): boolean {
  const asked = contentWordsOf(question, language);
  const there = new Set(wordsOf([...passage.headings, passage.text].join(' ')));
  const found = asked.filter((word) => there.has(word)).length;
  return found >= LEAST_WORDS && found / asked.length >= LEAST_SHARE;
}
