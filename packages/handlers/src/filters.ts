import type { AttachmentsEvent, PostbackEvent, TextEvent } from '@bot/graph-client/webhook';
import type { BotEvent, EventOf, TimerEvent } from './event.ts';
import { evenOut } from './fold.ts';
import { matchKeyword } from './keywords.ts';

/** Picks events of one kind, and tells the compiler what they are. */
export interface Filter<Event extends BotEvent> {
  /** What it picks, for errors to name the handler behind it. */
  readonly name: string;
  /** Whether the event is of that kind. */
  readonly fits: (event: BotEvent) => event is Event;
}

/** Matches a whole string, or anything a regular expression finds. */
export type Pattern = string | RegExp;

/** Events of one type, such as `reaction`, `referral`, `optin`, `edit`, `read` or `thread-control`. */
export function ofType<Type extends BotEvent['type']>(type: Type): Filter<EventOf<Type>> {
  return { name: type, fits: (event): event is EventOf<Type> => event.type === type };
}

/** Narrows a filter further. */
export function both<Event extends BotEvent, Narrow extends Event>(
  name: string,
  filter: Filter<Event>,
  fits: (event: Event) => event is Narrow,
): Filter<Narrow> {
  return { name, fits: (event): event is Narrow => filter.fits(event) && fits(event) };
}

/**
 * Text: all of it, taps on quick replies as well. With a pattern only what the person wrote, since a
 * tap is meant by its payload and not by its title: a string is compared with all of it, without
 * regard to case and outer space, a regular expression finds something in it.
 */
export function text(pattern?: Pattern): Filter<TextEvent> {
  return both(
    named('text', pattern),
    ofType('text'),
    (event): event is TextEvent =>
      pattern === undefined ||
      (isWritten(event) &&
        (typeof pattern === 'string'
          ? evenOut(event.text) === evenOut(pattern)
          : finds(event.text, pattern))),
  );
}

/** Text that the person wrote and in which one of the words or phrases stands; see {@link matchKeyword} for accents. */
export function keywords(...words: readonly string[]): Filter<TextEvent> {
  return both(
    named('keywords', words.join(', ')),
    ofType('text'),
    (event): event is TextEvent =>
      isWritten(event) && matchKeyword(event.text, words) !== undefined,
  );
}

/** A tap on a button, a menu item or Get Started; a string is compared exactly with its payload. */
export function postback(pattern?: Pattern): Filter<PostbackEvent> {
  return both(
    named('postback', pattern),
    ofType('postback'),
    (event): event is PostbackEvent => pattern === undefined || finds(event.payload ?? '', pattern),
  );
}

/** A text that is a tapped quick reply. */
export type QuickReplyEvent = TextEvent & { readonly quickReplyPayload: string };

/** A tap on a quick reply; a string is compared exactly with its payload. */
export function quickReply(pattern?: Pattern): Filter<QuickReplyEvent> {
  return both(
    named('quick reply', pattern),
    ofType('text'),
    (event): event is QuickReplyEvent =>
      event.quickReplyPayload !== undefined &&
      (pattern === undefined || finds(event.quickReplyPayload, pattern)),
  );
}

/** A tap on a button, a menu item or a quick reply. */
export type TapEvent = PostbackEvent | QuickReplyEvent;

/** A tap on either; a string is compared exactly with its payload. */
export function tap(pattern?: Pattern): Filter<TapEvent> {
  const [buttons, replies] = [postback(pattern), quickReply(pattern)];
  return {
    name: named('tap', pattern),
    fits: (event): event is TapEvent => buttons.fits(event) || replies.fits(event),
  };
}

/** Something other than text, of any type or of one, such as `image`, `sticker` or `location`. */
export function attachment(type?: string): Filter<AttachmentsEvent> {
  return both(
    named('attachment', type),
    ofType('attachments'),
    (event): event is AttachmentsEvent =>
      type === undefined || event.attachments.some((each) => each.type === type),
  );
}

/** What a person says: a text, something sent, a tap. */
export type SpeechEvent = TextEvent | AttachmentsEvent | PostbackEvent;

export const speech: Filter<SpeechEvent> = {
  name: 'otherwise',
  fits: (event): event is SpeechEvent =>
    event.type === 'text' || event.type === 'attachments' || event.type === 'postback',
};

/** A reminder that is due. */
export function timer(name?: string): Filter<TimerEvent> {
  return both(
    named('timer', name),
    ofType('timer'),
    (event): event is TimerEvent => name === undefined || event.name === name,
  );
}

/** A command that the person chose, by its name without the slash. */
export function command(name: string): Filter<TextEvent> {
  return both(named('command', name), ofType('text'), (event): event is TextEvent =>
    (event.commands ?? []).includes(name),
  );
}

/** A tap is no word of the person's own. */
export const isWritten = (event: TextEvent): event is TextEvent =>
  event.quickReplyPayload === undefined;

function finds(value: string, pattern: Pattern): boolean {
  // search, not test: a pattern with the flag g remembers where test stopped.
  return typeof pattern === 'string' ? value === pattern : value.search(pattern) !== -1;
}

function named(kind: string, detail: Pattern | undefined): string {
  return detail === undefined ? kind : `${kind} ${String(detail)}`;
}
