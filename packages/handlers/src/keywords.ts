import { evenOut, withoutAccents } from './fold.ts';

/** What stands between words. */
const BETWEEN = /[^\p{L}\p{N}\p{M}]+/u;
/** The five marks of the Vietnamese tones. */
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/g;

/**
 * The first of the keywords that stands in the text, as whole words in their order: "giá" is not in
 * "giày", nor "hi" in "this".
 *
 * Many people write Vietnamese without accents. So a word without accents, in the text or as the
 * keyword, stands for every word of these letters: "gia" finds "giá", and "giá" finds "gia". Where
 * both have accents they must be the same: "má" does not find "mà". Words are looked at one by one,
 * since people also leave out only some: "bang giá" is found by "bảng giá". On which vowel the tone
 * stands is no difference: "hoá đơn" is "hóa đơn".
 *
 * @example
 * matchKeyword('Cho mình xem bang gia với', ['bảng giá']); // 'bảng giá'
 */
export function matchKeyword(text: string, keywords: readonly string[]): string | undefined {
  const words = wordsOf(text);
  return keywords.find((keyword) => {
    const wanted = wordsOf(keyword);
    return (
      wanted.length > 0 &&
      words.some((_, start) =>
        wanted.every((word, index) => isSameWord(word, words[start + index])),
      )
    );
  });
}

const wordsOf = (text: string): string[] =>
  evenOut(text)
    .split(BETWEEN)
    .filter((word) => word !== '')
    .map(withToneLast);

function withToneLast(word: string): string {
  const letters = word.normalize('NFD');
  return letters.replaceAll(TONE, '') + (letters.match(TONE) ?? []).join('');
}

function isSameWord(wanted: string, found: string | undefined): boolean {
  if (found === undefined || wanted === found) return wanted === found;
  const [bareWanted, bareFound] = [withoutAccents(wanted), withoutAccents(found)];
  return bareWanted === bareFound && (wanted === bareWanted || found === bareFound);
}
