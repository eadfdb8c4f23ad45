import {
  EMULATED_APP_ID,
  type EventContext,
  type MessagingEvent,
  PAGE_INBOX_APP_ID,
  type WebhookEvent,
} from './events.ts';
import type { MediaAttachment } from '../graph/attachments.ts';
import { eventOf } from './person-events.ts';
import type { ChatMessage } from '../state/state.ts';

/** `message_echoes`: the Page wrote, through this app or its inbox. */
export function echoEvent(context: EventContext, message: ChatMessage): WebhookEvent {
  const { mid, text, metadata, timestamp, byHuman } = message;
  const content =
    text === undefined ? { attachments: sentAttachments(context, message) } : { text };
  const value = {
    sender: { id: context.pageId },
    recipient: { id: context.psid },
    timestamp,
    message: {
      mid,
      is_echo: true,
      app_id: byHuman === true ? PAGE_INBOX_APP_ID : EMULATED_APP_ID,
      ...(metadata === undefined ? {} : { metadata }),
      ...content,
    },
  };
  const { pageId, psid } = context;
  return { pageId, psid, field: 'message_echoes', mids: [mid], value, always: true };
}

/** `message_deliveries`: what the Page wrote is on the person's device. */
export function deliveryEvent(
  context: EventContext,
  { timestamp, mid }: ChatMessage,
): WebhookEvent {
  const delivery = { mids: [mid], watermark: timestamp };
  return eventOf(context, 'message_deliveries', [mid], timestamp, { delivery });
}

/** `messaging_handovers`: the inbox passes the conversation to the bot's app, or gets it. */
export function passThreadEvent(
  context: EventContext,
  to: 'inbox' | 'bot',
  metadata: string | undefined,
  at: number,
): WebhookEvent {
  const passed = { ...ownersOf(to), ...(metadata === undefined ? {} : { metadata }) };
  return handover(context, { pass_thread_control: passed }, at);
}

/** `messaging_handovers`: the inbox took the conversation. */
export function takeThreadEvent(context: EventContext, at: number): WebhookEvent {
  return handover(context, { take_thread_control: ownersOf('inbox') }, at);
}

function handover(context: EventContext, what: MessagingEvent, at: number): WebhookEvent {
  return { ...eventOf(context, 'messaging_handovers', [], at, what), always: true };
}

function ownersOf(to: 'inbox' | 'bot'): MessagingEvent {
  const [previous, next] =
    to === 'inbox' ? [EMULATED_APP_ID, PAGE_INBOX_APP_ID] : [PAGE_INBOX_APP_ID, EMULATED_APP_ID];
  return { previous_owner_app_id: previous, new_owner_app_id: next };
}

/** What an echo tells of what is no text. */
function sentAttachments(
  { origin }: EventContext,
  { payload = {} }: ChatMessage,
): readonly MessagingEvent[] {
  const { attachment, attachments = [], sticker_id: sticker, template } = payload;
  if (sticker !== undefined) {
    const url = `${origin}/like.svg`;
    return [{ type: 'sticker', payload: { url, sticker_id: Number(sticker) } }];
  }
  // Meta shows no echo of a utility message: in the form of the other templates.
  if (template !== undefined) {
    return [{ type: 'template', payload: { template_type: 'utility', ...template } }];
  }
  if (attachment?.type === 'template') return [attachment];
  return (attachment === undefined ? attachments : [attachment]).map(sentMedia);
}

/** Meta tells its own copy's address; here there is only the one that was sent. */
function sentMedia({ type, payload: { url, attachment_id: id } }: MediaAttachment): MessagingEvent {
  // A number here, though a string everywhere else (message_echoes page).
  return { type, payload: id === undefined ? { url } : { attachment_id: Number(id) } };
}
