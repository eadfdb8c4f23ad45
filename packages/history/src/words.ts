const MARKS = /\p{M}/gu;
const WORD = /[\p{L}\p{N}]+/gu;
/** Far below what an index takes, which is 2,046 bytes a word. */
const LONGEST = 100;
/** Enough for the longest message of Messenger, 2,000 characters. */
const MOST = 2_000;

/** The words of a text, each once, in lower case and with their accents. */
export function wordsOf(text: string): string[] {
  const words = text.normalize('NFC').toLocaleLowerCase('vi').match(WORD) ?? [];
  return [...new Set(words.map((word) => word.slice(0, LONGEST).toWellFormed()))].slice(0, MOST);
}

/** đ is a letter of its own, and not a d with a mark. */
export function withoutAccents(word: string): string {
  return word.normalize('NFD').replaceAll(MARKS, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
}

/**
 * By which words a text is found, with a space between: with their accents, so that an exact hit is
 * known, and without.
 */
export function indexedWords(text: string): string {
  const words = wordsOf(text);
  return [...new Set([...words, ...words.map(withoutAccents)])].filter(Boolean).join(' ');
}
