import type { MediaAttachment } from './graph/attachments.ts';
import type { AttachmentKind, ChatMessage } from './state.ts';

/** The app that the emulator's Page is connected to: the `app_id` of echoes. */
export const EMULATED_APP_ID = 704_215_938_846_173;

/** The app of a Page's inbox, where people answer (Meta's Conversation Routing page, 2025-09-24). */
export const PAGE_INBOX_APP_ID = 263_902_037_430_900;

/** Meta's "like" sticker (developers.facebook.com/docs/messenger-platform, stickers, 2026-06-01). */
const LIKE_STICKER_ID = 369_239_263_222_822;

/** One element of `entry[].messaging[]`. */
export type MessagingEvent = Readonly<Record<string, unknown>>;

/** Who talks to whom, and where the emulator's own pictures are. */
export interface EventContext {
  readonly pageId: string;
  readonly psid: string;
  /** The emulator's address, without a slash at the end. */
  readonly origin: string;
}

/** The body of a delivery, before it is escaped and signed. */
export function envelope(pageId: string, event: MessagingEvent, time: number): unknown {
  return { object: 'page', entry: [{ id: pageId, time, messaging: [event] }] };
}

/** `messages`: the person wrote, or tapped a quick reply. */
export function messageEvent(context: EventContext, message: ChatMessage): MessagingEvent {
  const { mid, text, attachment, tap } = message;
  const content =
    attachment === undefined ? { text } : { attachments: [attachmentOf(context, attachment)] };
  const reply = tap === undefined ? {} : { quick_reply: { payload: tap.payload } };
  return {
    ...fromPerson(context),
    timestamp: message.timestamp,
    message: { mid, ...content, ...reply },
  };
}

/** `messaging_postbacks`: the person tapped a button, the menu, or what was offered at first. */
export function postbackEvent(context: EventContext, message: ChatMessage): MessagingEvent {
  const { mid, text: title, tap, timestamp } = message;
  return { ...fromPerson(context), timestamp, postback: { mid, title, payload: tap?.payload } };
}

/** `message_echoes`: the Page wrote, through this app. */
export function echoEvent(
  context: EventContext,
  message: ChatMessage,
  appId: number,
): MessagingEvent {
  const { mid, text, metadata } = message;
  const content =
    text === undefined ? { attachments: sentAttachments(context, message) } : { text };
  return {
    sender: { id: context.pageId },
    recipient: { id: context.psid },
    timestamp: message.timestamp,
    message: {
      mid,
      is_echo: true,
      app_id: appId,
      ...(metadata === undefined ? {} : { metadata }),
      ...content,
    },
  };
}

/** `message_deliveries`: what the Page wrote is on the person's device. */
export function deliveryEvent(context: EventContext, message: ChatMessage): MessagingEvent {
  const { timestamp, mid } = message;
  return { ...fromPerson(context), timestamp, delivery: { mids: [mid], watermark: timestamp } };
}

/** `message_reads`: the person has seen everything up to the watermark. */
export function readEvent(context: EventContext, watermark: number, at: number): MessagingEvent {
  return { ...fromPerson(context), timestamp: at, read: { watermark } };
}

/** `messaging_handovers`: the inbox passes the conversation to the bot's app, or gets it. */
export function passThreadEvent(
  context: EventContext,
  to: 'inbox' | 'bot',
  metadata: string | undefined,
  at: number,
): MessagingEvent {
  const [previous, next] =
    to === 'inbox' ? [EMULATED_APP_ID, PAGE_INBOX_APP_ID] : [PAGE_INBOX_APP_ID, EMULATED_APP_ID];
  return {
    ...fromPerson(context),
    timestamp: at,
    pass_thread_control: {
      previous_owner_app_id: previous,
      new_owner_app_id: next,
      ...(metadata === undefined ? {} : { metadata }),
    },
  };
}

function fromPerson(context: EventContext): MessagingEvent {
  return { sender: { id: context.psid }, recipient: { id: context.pageId } };
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

function attachmentOf(context: EventContext, kind: AttachmentKind): MessagingEvent {
  switch (kind) {
    // By Meta's announced schedule stickers arrive as their own type since 2026-08-30.
    case 'sticker':
      return {
        type: 'sticker',
        payload: { url: `${context.origin}/like.svg`, sticker_id: LIKE_STICKER_ID },
      };
    case 'image':
      return { type: 'image', payload: { url: `${context.origin}/picture.svg` } };
    case 'location':
      return {
        type: 'location',
        title: 'Hồ Hoàn Kiếm, Hà Nội',
        payload: { coordinates: { lat: 21.028_511, long: 105.852_182 } },
      };
    default:
      return assertNever(kind);
  }
}

function assertNever(kind: never): never {
  throw new Error(`No attachment of the kind ${JSON.stringify(kind)}`);
}
