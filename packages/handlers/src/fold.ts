const MARKS = /\p{M}/gu;

/**
 * A text as it is compared: without accents, case and superfluous space. "Bảng  GIÁ" and "bang gia"
 * are the same.
 */
export function fold(text: string): string {
  return withoutAccents(evenOut(text));
}

/** Composed, in lower case, with single spaces: accents stay. */
export function evenOut(text: string): string {
  return text.normalize('NFC').toLocaleLowerCase('vi').trim().replaceAll(/\s+/gu, ' ');
}

/** đ is a letter of its own, and not a d with a mark. */
export function withoutAccents(text: string): string {
  return text.normalize('NFD').replaceAll(MARKS, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
}
