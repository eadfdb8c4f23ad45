import { MAX_TEXT_LENGTH } from '../limits.ts';

/**
 * Cuts a text into parts that the Send API takes, losing nothing but the space at a cut: between
 * lines where possible, else between words, else between characters; never inside one.
 *
 * @param most Most UTF-16 code units of a part; default 2000, Messenger's limit.
 *
 * @example
 * for (const part of splitText(answer)) await graph.messages.sendText({ to: psid, text: part });
 */
export function splitText(text: string, most: number = MAX_TEXT_LENGTH): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const cut = cutBefore(rest, most);
    parts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  parts.push(rest);
  return parts.filter((part) => part !== '');
}

/** A cut in the second half of a part at least, so that parts do not become tiny. */
function cutBefore(text: string, most: number): number {
  const window = text.slice(0, most + 1);
  for (const border of ['\n', ' ']) {
    const at = window.lastIndexOf(border);
    if (at >= most / 2) return at;
  }
  // What a reader sees as one character may be many code units: marks, joined emoji.
  const [...characters] = new Intl.Segmenter('vi', { granularity: 'grapheme' }).segment(window);
  const last = characters.findLast(({ index }) => index > 0 && index <= most);
  return last?.index ?? most;
}
