import type { Deliveries } from './deliveries.ts';
import { EmulatorError } from './errors.ts';
import {
  deliveryEvent,
  echoEvent,
  EMULATED_APP_ID,
  type EventContext,
  messageEvent,
  PAGE_INBOX_APP_ID,
  passThreadEvent,
  postbackEvent,
  readEvent,
} from './events.ts';
import { contentOf } from './graph/content.ts';
import type { Send } from './graph/sends.ts';
import type { Settings } from './options.ts';
import { stranger } from './people.ts';
import { messageId } from './random.ts';
import { type Tappable, tappablesOf } from './screen.ts';
import type { AttachmentKind, ChatMessage } from './state.ts';
import type { Store } from './store.ts';

/** What was said: by a person, or by a human who answers for the Page. */
export interface SentEvent {
  readonly mid: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/** What people and the Page say to each other: each becomes a bubble and an event for the webhook. */
export interface Talk {
  say(psid: string, text: string): SentEvent;
  attach(psid: string, kind: AttachmentKind): SentEvent;
  tap(psid: string, title: string, mid: string | undefined): SentEvent;
  sayAsHuman(psid: string, text: string): SentEvent;
  passThread(psid: string, to: 'inbox' | 'bot', metadata: string | undefined): void;
  /** The person has seen everything. */
  read(psid: string): void;
  /** Does what a Graph call asks for; answers the new message's id for a message. */
  perform(send: Send): string | undefined;
}

interface TalkOptions extends Pick<Settings, 'clock' | 'pageId' | 'random'> {
  readonly store: Store;
  readonly deliveries: Deliveries;
  /** The emulator's address, known once it listens. */
  readonly origin: () => string;
  /** Aborted: the emulator was closed. */
  readonly signal: AbortSignal;
}

/** A person's text may be far longer than a Page's; this only keeps mistakes away. */
const TEXT_LIMIT = 20_000;

export function createTalk(options: TalkOptions): Talk {
  const { clock, deliveries, pageId, random, store } = options;

  function context(psid: string): EventContext {
    return { pageId, psid, origin: options.origin() };
  }

  /** Before anybody here says or does something. */
  function begin(psid: string): void {
    if (options.signal.aborted) {
      throw new EmulatorError('CLOSED', 'The emulator was closed: start another one');
    }
    if (!store.knows(psid)) store.addPerson(stranger(psid));
  }

  function add(psid: string, content: Omit<ChatMessage, 'mid' | 'timestamp'>): ChatMessage {
    const timestamp = store.nextTimestamp(psid);
    const message = { mid: messageId(random), timestamp, ...content };
    store.addMessage(psid, message);
    return message;
  }

  function fromPerson(
    psid: string,
    content: Pick<ChatMessage, 'text' | 'attachment' | 'tap'>,
  ): SentEvent {
    const message = add(psid, { direction: 'out', status: 'sending', ...content });
    const isPostback = content.tap?.kind === 'postback';
    const event = (isPostback ? postbackEvent : messageEvent)(context(psid), message);
    const name = isPostback ? 'postback' : 'message';
    deliveries.send({ psid, event: name, mids: [message.mid] }, event);
    return sentOf(message);
  }

  function fromPage(
    psid: string,
    content: Omit<ChatMessage, 'mid' | 'timestamp' | 'direction' | 'status'>,
    appId: number,
  ): SentEvent {
    const message = add(psid, { direction: 'in', status: 'delivered', ...content });
    const mids = [message.mid];
    deliveries.send({ psid, event: 'echo', mids }, echoEvent(context(psid), message, appId));
    deliveries.send({ psid, event: 'delivery', mids }, deliveryEvent(context(psid), message));
    return sentOf(message);
  }

  function sendMessage({
    psid,
    message: payload,
    parameters,
  }: Extract<Send, { kind: 'message' }>): string {
    // Nobody here stands behind a plugin, a comment or a post: the call is all that is kept of it.
    if (psid === undefined) return messageId(random);
    const { text, metadata } = payload;
    const content = contentOf(payload);
    const sent = {
      ...(text === undefined ? {} : { text }),
      ...(metadata === undefined ? {} : { metadata }),
      ...(content === undefined ? {} : { content }),
      payload,
      parameters,
    };
    return fromPage(psid, sent, EMULATED_APP_ID).mid;
  }

  return {
    say(psid, text) {
      requireText(text);
      begin(psid);
      return fromPerson(psid, { text });
    },
    attach(psid, kind) {
      begin(psid);
      return fromPerson(psid, { attachment: kind });
    },
    tap(psid, title, mid) {
      begin(psid);
      const messages = store.state.conversations[psid]?.messages ?? [];
      const shown = tappablesOf(messages, store.state.profile).filter(
        (each) => mid === undefined || each.mid === mid,
      );
      const found = shown.find((each) => each.title === title);
      if (found === undefined) throw nothingToTap(title, shown);
      const { kind, payload } = found;
      return fromPerson(psid, { text: title, tap: { kind, payload } });
    },
    sayAsHuman(psid, text) {
      requireText(text);
      begin(psid);
      return fromPage(psid, { text }, PAGE_INBOX_APP_ID);
    },
    passThread(psid, to, metadata) {
      begin(psid);
      const event = passThreadEvent(context(psid), to, metadata, store.nextTimestamp(psid));
      deliveries.send({ psid, event: 'handover', mids: [] }, event);
    },
    read(psid) {
      const watermark = store.markRead(psid);
      if (watermark === undefined) return;
      const event = readEvent(context(psid), watermark, clock.now());
      deliveries.send({ psid, event: 'read', mids: [] }, event);
    },
    perform(send) {
      switch (send.kind) {
        case 'message':
          return sendMessage(send);
        case 'typing':
          store.setTyping(send.psid, send.typing);
          break;
        case 'seen':
          store.markSeen(send.psid);
          break;
        case 'reaction':
          store.react(send.psid, send.mid, send.reaction);
          break;
      }
      return undefined;
    },
  };
}

function sentOf({ mid, timestamp }: ChatMessage): SentEvent {
  return { mid, timestamp };
}

function requireText(text: string): void {
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
