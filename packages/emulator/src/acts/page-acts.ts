import { EMULATED_APP_ID, type EventContext, PAGE_INBOX_APP_ID } from '../webhook/events.ts';
import type { Emulator } from '../emulator.ts';
import { contentOf } from '../graph/content.ts';
import type { Send } from '../graph/sends.ts';
import {
  deliveryEvent,
  echoEvent,
  passThreadEvent,
  takeThreadEvent,
} from '../webhook/page-events.ts';
import { type ActOptions, requireOpen, requireText, type SentEvent } from './person-acts.ts';
import { messageId } from '../random.ts';
import type { ChatMessage } from '../state/state.ts';

/** What the Page does: its bot through Graph calls, and humans in its inbox. */
export interface PageActs extends Pick<
  Emulator,
  'sayAsHuman' | 'passThread' | 'takeThread' | 'releaseThread'
> {
  /** Does what a Graph call asks for; answers the new message's id for a message. */
  perform(send: Send): string | undefined;
}

export function createPageActs(options: ActOptions): PageActs {
  const { clock, deliveries, random, store } = options;

  function begin(psid: string): EventContext {
    requireOpen(options.signal);
    return { psid, pageId: store.open(psid).pageId, origin: options.origin() };
  }

  function add(
    psid: string,
    content: Omit<ChatMessage, 'mid' | 'timestamp' | 'direction' | 'status'>,
  ): SentEvent {
    const context = begin(psid);
    const timestamp = store.nextTimestamp(psid);
    const mid = messageId(random);
    const message = { mid, timestamp, direction: 'in', status: 'delivered', ...content } as const;
    store.addMessage(psid, message);
    deliveries.send(echoEvent(context, message));
    deliveries.send(deliveryEvent(context, message));
    return { mid, timestamp };
  }

  function sendMessage(send: Extract<Send, { kind: 'message' }>): string {
    const { psid, message: payload, parameters, persona } = send;
    // Nobody here stands behind a plugin, a comment or a post: the call is all that is kept of it.
    if (psid === undefined) return messageId(random);
    const { text, metadata } = payload;
    const content = contentOf(payload);
    const { reply_to: replied, thread_control: control } = parameters;
    const { mid } = add(psid, {
      ...(text === undefined ? {} : { text }),
      ...(metadata === undefined ? {} : { metadata }),
      ...(content === undefined ? {} : { content }),
      ...(replied === undefined ? {} : { replyTo: replied.mid }),
      ...(persona === undefined ? {} : { persona }),
      payload,
      parameters,
    });
    if (control?.control_type === 'release') store.setOwner(psid, undefined);
    if (control?.control_type === 'pass') store.setOwner(psid, String(control.app_id));
    return mid;
  }

  return {
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
    sayAsHuman(psid, text) {
      requireText(text);
      return add(psid, { text, byHuman: true });
    },
    passThread(psid, to, metadata) {
      const event = passThreadEvent(begin(psid), to, metadata, store.nextTimestamp(psid));
      store.setOwner(psid, String(to === 'inbox' ? PAGE_INBOX_APP_ID : EMULATED_APP_ID));
      deliveries.send(event);
    },
    takeThread(psid) {
      const event = takeThreadEvent(begin(psid), clock.now());
      store.setOwner(psid, String(PAGE_INBOX_APP_ID));
      deliveries.send(event);
    },
    releaseThread(psid) {
      begin(psid);
      store.setOwner(psid, undefined);
    },
  };
}
