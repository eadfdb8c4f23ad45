import type { BotEvent } from './event.ts';

const QUOTED = /"([^"]*)"|“([^”]*)”|'([^']*)'|`([^`]*)`/g;
/** How `JSON.parse` marks where it cut what it quotes. */
const CUT = /^\.{3}|\.{3}$/g;

/**
 * A message without what the person wrote: engines quote the value they choke on, `JSON.parse` for
 * example, and a person's words must not end up in a log.
 */
export function withoutWords(message: string, event: BotEvent): string {
  const words = JSON.stringify(Object.values(event));
  const whole = 'text' in event && event.text ? message.replaceAll(event.text, '[text]') : message;
  return whole.replaceAll(QUOTED, (quoted: string, ...groups: (string | undefined)[]) => {
    const inner = groups.slice(0, 4).find((group) => group !== undefined) ?? '';
    const said = inner.replaceAll(CUT, '');
    return said.length > 1 && words.includes(said) && !isOurs(said, event) ? '[text]' : quoted;
  });
}

/** Ids, types and payloads are the bot's and Meta's, not the person's. */
function isOurs(said: string, event: BotEvent): boolean {
  return said === event.id || said === event.type || said === event.pageId;
}
