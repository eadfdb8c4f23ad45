import { fold } from '@bot/handlers';

/** The words of a text without accents and case, in order: "Đổi trả" is `doi`, `tra`. */
export function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}
