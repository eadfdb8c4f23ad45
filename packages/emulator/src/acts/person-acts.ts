import type { Clock } from '../clock.ts';
import type { Deliveries } from '../webhook/deliveries.ts';
import type { Emulator } from '../emulator.ts';
import { EmulatorError } from '../errors.ts';
import { type EventContext, requireFields, toldAs } from '../webhook/events.ts';
import {
  editEvent,
  eventOf,
  messageEvent,
  postbackEvent,
  reactionEmojis,
  reactionEvent,
  readEvent,
  type Referral,
  referralEvent,
} from '../webhook/person-events.ts';
import { messageId, type Random } from '../random.ts';
import { type Tappable, tappablesOf } from './screen.ts';
import type { ChatMessage } from '../state/state.ts';
import type { Store } from '../state/store.ts';

/** What was said: by a person, or by a human who answers for the Page. */
export interface SentEvent {
  readonly mid: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/** What people do; each becomes an event for the webhook. */
export type PersonActs = Pick<
  Emulator,
  'say' | 'attach' | 'tap' | 'react' | 'edit' | 'refer' | 'read' | 'block' | 'emit'
>;

/** What the acts of people and of the Page need. */
export interface ActOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly store: Store;
  readonly deliveries: Deliveries;
  /** The emulator's address, known once it listens. */
  readonly origin: () => string;
  /** Aborted: the emulator was closed. */
  readonly signal: AbortSignal;
}

/** A person's text may be far longer than a Page's; this only keeps mistakes away. */
const TEXT_LIMIT = 20_000;

/** Meta's message_edits page. */
const MOST_EDITS = 5;

export function createPersonActs(options: ActOptions): PersonActs {
  const { clock, deliveries, random, store } = options;
  /** Who came by a link before they said anything: it is told with what they do first. */
  const came = new Map<string, Referral>();

  /** Before somebody says or does something. */
  function begin(psid: string): EventContext {
    requireOpen(options.signal);
    const { blocked, pageId } = store.open(psid);
    if (blocked)
      throw new EmulatorError('INVALID_EVENT', `${psid} has blocked the Page: unblock it`);
    return { psid, pageId, origin: options.origin() };
  }

  function add(
    context: EventContext,
    content: Pick<ChatMessage, 'text' | 'attachment' | 'tap' | 'replyTo'>,
  ): SentEvent {
    const { psid } = context;
    const timestamp = store.nextTimestamp(psid);
    const mid = messageId(random);
    const message = { mid, timestamp, direction: 'out', status: 'sending', ...content } as const;
    store.addMessage(psid, message);
    store.noteInbound(psid);
    const eventFor = content.tap?.kind === 'postback' ? postbackEvent : messageEvent;
    deliveries.send(eventFor(context, message, came.get(psid)));
    came.delete(psid);
    return { mid, timestamp };
  }

  /** A message of this conversation, of the person's own or of the Page. */
  function messageOf(psid: string, mid: string, direction: 'in' | 'out'): ChatMessage {
    const found = store.message(mid);
    if (found?.psid === psid && found.message.direction === direction) return found.message;
    const whose = direction === 'in' ? 'of the Page' : `of ${psid}`;
    throw new EmulatorError('NOT_FOUND', `No message ${whose} has the id ${JSON.stringify(mid)}`);
  }

  return {
    say(psid, text, { replyTo } = {}) {
      requireText(text);
      const context = begin(psid);
      if (replyTo !== undefined && store.message(replyTo)?.psid !== psid) {
        throw new EmulatorError('NOT_FOUND', 'There is no such message to reply to');
      }
      return add(context, { text, ...(replyTo === undefined ? {} : { replyTo }) });
    },
    attach: (psid, kind) => add(begin(psid), { attachment: kind }),
    tap(psid, title, { mid } = {}) {
      const context = begin(psid);
      const { messages, menu } = store.open(psid);
      const profile = store.page(context.pageId)?.profile ?? {};
      const shown = tappablesOf(messages, profile, menu).filter(
        (each) => mid === undefined || each.mid === mid,
      );
      const found = shown.find((each) => each.title === title);
      if (found === undefined) throw nothingToTap(title, shown);
      const { kind, payload } = found;
      return add(context, { text: title, tap: { kind, payload } });
    },
    react(psid, mid, reaction) {
      if (reaction !== undefined && !Object.hasOwn(reactionEmojis, reaction)) {
        const known = Object.keys(reactionEmojis).join(', ');
        throw new EmulatorError('INVALID_EVENT', `A reaction is one of ${known}`);
      }
      messageOf(psid, mid, 'in');
      const context = begin(psid);
      store.react(psid, mid, reaction);
      if (reaction !== undefined) store.noteInbound(psid);
      deliveries.send(reactionEvent(context, mid, reaction, clock.now()));
    },
    edit(psid, mid, text) {
      requireText(text);
      const { attachment, tap, edits = 0 } = messageOf(psid, mid, 'out');
      if (attachment !== undefined || tap !== undefined || edits >= MOST_EDITS) {
        const rule = `Only a text can be edited, and ${MOST_EDITS} times at the most`;
        throw new EmulatorError('INVALID_EVENT', rule);
      }
      const context = begin(psid);
      store.changeMessage(mid, { text, edits: edits + 1 });
      deliveries.send(editEvent(context, messageOf(psid, mid, 'out'), clock.now()));
    },
    refer(psid, referral) {
      const context = begin(psid);
      if (store.open(psid).messages.length === 0) {
        came.set(psid, referral);
        return;
      }
      store.noteInbound(psid);
      deliveries.send(referralEvent(context, referral, clock.now()));
    },
    read(psid) {
      if (store.open(psid).blocked) return;
      const context = begin(psid);
      const watermark = store.markRead(psid);
      if (watermark !== undefined) deliveries.send(readEvent(context, watermark, clock.now()));
    },
    block(psid, blocked) {
      requireOpen(options.signal);
      store.setBlocked(psid, blocked);
    },
    emit(psid, field, what) {
      requireFields([field]);
      deliveries.send(eventOf(begin(psid), field, [], clock.now(), toldAs(what)));
    },
  };
}

export function requireOpen(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new EmulatorError('CLOSED', 'The emulator was closed: start another one');
}

export function requireText(text: string): void {
  if (text.trim() !== '' && text.length <= TEXT_LIMIT) return;
  const rule = `A message has 1 to ${TEXT_LIMIT} characters`;
  throw new EmulatorError('INVALID_TEXT', `${rule}, got ${text.length}`);
}

function nothingToTap(title: string, shown: readonly Tappable[]): EmulatorError {
  const titles = [...new Set(shown.map((each) => JSON.stringify(each.title)))].join(', ');
  return new EmulatorError(
    'NOTHING_TO_TAP',
    `Nothing to tap says ${JSON.stringify(title)}: there is ${titles || 'nothing to tap at all'}`,
  );
}
