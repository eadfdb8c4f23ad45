import type { BotEvent } from './event.ts';

const QUOTED = /"([^"]*)"|“([^”]*)”|'([^']*)'|`([^`]*)`/g;
/** What in an event is the bot's and Meta's, not the person's. */
const OURS: ReadonlySet<string> = new Set([
  'id',
  'type',
  'platform',
  'channel',
  'pageId',
  'psid',
  'mid',
  'payload',
  'quickReplyPayload',
]);

/**
 * A message without what the person wrote: engines quote the value they choke on, `JSON.parse` for
 * example, and a person's words must not end up in a log.
 */
export function withoutWords(message: string, event: BotEvent): string {
  const words = wordsOf(event);
  const whole = 'text' in event && event.text ? withoutText(message, event.text) : message;
  return whole.replaceAll(QUOTED, (quoted: string, ...groups: (string | undefined)[]) => {
    const said = groups.slice(0, 4).find((group) => group !== undefined) ?? '';
    return said.length > 1 && words.includes(said) ? '[text]' : quoted;
  });
}

/** A text of a few letters stands within many a word and number, and is meant only by itself. */
function withoutText(message: string, text: string): string {
  if (text.length < 4) {
    return message.replaceAll(/[\p{L}\p{M}\p{N}]+/gu, (word) => (word === text ? '[text]' : word));
  }
  return message.replaceAll(text, '[text]').replaceAll(inJson(text), '[text]');
}

/** What the person wrote, as it is and as JSON writes it; not the names of the fields. */
function wordsOf(event: BotEvent): string {
  const words: string[] = [];
  JSON.stringify(event, (key, value: unknown) => {
    if (typeof value === 'string' && !OURS.has(key)) words.push(value, inJson(value));
    if (typeof value === 'number') words.push(String(value));
    return value;
  });
  return words.join('\n');
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
