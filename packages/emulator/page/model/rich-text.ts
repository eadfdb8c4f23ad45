/** A piece of what somebody wrote. */
export type TextPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string };

/** Closing marks at the end belong to the sentence, not to the address. */
const address = /\bhttps?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'”’]/giu;

/** Cuts a text at its addresses; nothing of it is lost. */
export function piecesOf(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const { 0: url, index } of text.matchAll(address)) {
    if (!URL.canParse(url)) continue;
    if (index > at) pieces.push({ kind: 'text', text: text.slice(at, index) });
    pieces.push({ kind: 'link', text: url, url });
    at = index + url.length;
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) });
  return pieces;
}

const onlyEmoji =
  /^(?:(?:\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier}|\u200D\p{Extended_Pictographic})*|\p{Regional_Indicator}{2})\s*){1,3}$/u;

/** One to three emoji and nothing else are shown large. */
export function isOnlyEmoji(text: string): boolean {
  return onlyEmoji.test(text.trim());
}
