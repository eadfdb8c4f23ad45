import type { PostbackEvent, TextEvent, WebhookEvent } from '@bot/graph-client/webhook';
import type { Turn } from './turn.ts';

/** Matches a whole string, or anything a regular expression finds. */
export type Pattern = string | RegExp;

/** An event of one type, as its handler sees it. */
export type EventOf<Type extends WebhookEvent['type']> = Extract<WebhookEvent, { type: Type }>;

export function isOfType<Type extends WebhookEvent['type']>(
  type: Type,
): (turn: Turn) => turn is Turn<EventOf<Type>> {
  return (turn): turn is Turn<EventOf<Type>> => isAddressed(turn) && turn.event.type === type;
}

/** Text the person wrote; strings are compared without regard to case and outer space. */
export function isText(pattern?: Pattern): (turn: Turn) => turn is Turn<TextEvent> {
  return (turn): turn is Turn<TextEvent> =>
    isAddressed(turn) && turn.event.type === 'text' && matchesText(turn.event.text, pattern);
}

/** A button the person tapped; a string is compared exactly with its payload. */
export function isPostback(pattern?: Pattern): (turn: Turn) => turn is Turn<PostbackEvent> {
  return (turn): turn is Turn<PostbackEvent> =>
    isAddressed(turn) &&
    turn.event.type === 'postback' &&
    (pattern === undefined || matches(turn.event.payload ?? '', pattern));
}

/** A person did something that waits for an answer. */
export function expectsAnswer(turn: Turn): turn is Turn {
  const { type } = turn.event;
  return isAddressed(turn) && (type === 'text' || type === 'attachments' || type === 'postback');
}

/** On standby another app owns the thread: this one listens and says nothing. */
function isAddressed({ event }: Turn): boolean {
  return event.channel === 'messaging';
}

function matchesText(text: string, pattern?: Pattern): boolean {
  if (pattern === undefined) return true;
  return typeof pattern === 'string' ? fold(text) === fold(pattern) : matches(text, pattern);
}

function matches(value: string, pattern: Pattern): boolean {
  // search, not test: a pattern with the flag g remembers where test stopped.
  return typeof pattern === 'string' ? value === pattern : value.search(pattern) !== -1;
}

/** Keyboards write Vietnamese letters composed or decomposed; both must compare equal. */
function fold(text: string): string {
  return text.trim().normalize('NFC').toLocaleLowerCase('vi');
}
