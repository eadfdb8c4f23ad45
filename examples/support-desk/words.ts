import { fold } from '@bot/handlers';

/** A language in which the desk has pages. */
export type Language = 'vi' | 'en';

/** The words of a text without accents and case: "Đổi trả" is `doi`, `tra`. */
export function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Words that say nothing of what is asked, without accents. */
export const smallWords: Readonly<Record<Language, ReadonlySet<string>>> = {
  vi: new Set(
    wordsOf(`a à ạ ơi nhé nha ad anh bạn chị em mình tôi tiệm shop cho hỏi xin với và là thì mà có
      không ko k được đc của cái nào gì sao thế ra bao nhiêu mấy khi lúc đâu ở như bị đã đang sẽ rồi
      chưa muốn cần biết làm ơn giúp vậy này kia`),
  ),
  en: new Set(
    wordsOf(`a an the is are am be do does did can could would will shall should may i me my we us our
      you your it its this that there in on at to of for from with and or not if how what when where
      which who why much many have has get please tell want need know about s t m re ll d`),
  ),
};

/** The words that say what is asked, each once. */
export function contentWordsOf(question: string, language: Language): string[] {
  return [...new Set(wordsOf(question))].filter((word) => !smallWords[language].has(word));
}
