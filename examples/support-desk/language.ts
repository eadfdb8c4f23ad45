import type { MarkdownFile } from '@bot/nlp/model';
import { smallWords, wordsOf, type Language } from './words.ts';

/** What nobody would look for in the pages. */
const spoken: Readonly<Record<Language, string>> = {
  vi: 'xin chào tạm biệt cảm ơn nhân viên gọi lại',
  en: 'hello hi hey good morning bye thanks thank human person staff call back',
};

/**
 * Tells the language of what a person writes by the words that stand in the pages of one language
 * only, so that accents may be missing; `undefined` when the words do not tell.
 */
export function createLanguageSense(
  pages: readonly MarkdownFile[],
): (text: string) => Language | undefined {
  const wordsIn = (language: Language): ReadonlySet<string> => {
    const own = pages.filter(({ file }) => file.startsWith(`${language}/`));
    const texts = [...own.map(({ text }) => text), spoken[language]].join(' ');
    return new Set([...wordsOf(texts), ...smallWords[language]]);
  };
  const known = { vi: wordsIn('vi'), en: wordsIn('en') };

  return (text) => {
    const words = wordsOf(text);
    const count = (one: Language, other: Language): number =>
      words.filter((word) => known[one].has(word) && !known[other].has(word)).length;
    const lead = count('vi', 'en') - count('en', 'vi');
    if (lead === 0) return undefined;
    return lead > 0 ? 'vi' : 'en';
  };
}
