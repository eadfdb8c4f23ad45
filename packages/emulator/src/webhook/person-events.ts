import { fromPerson, type EventContext, type MessagingEvent, type WebhookEvent } from './events.ts';
import type { AttachmentKind, ChatMessage } from '../state/state.ts';

/** Meta's "like" sticker (developers.facebook.com/docs/messenger-platform, stickers, 2026-06-01). */
const LIKE_STICKER_ID = 369_239_263_222_822;

/** Where somebody came from. */
export interface Referral {
  /** What the link or the ad carries. */
  readonly ref?: string | undefined;
  /** `SHORTLINK` is an m.me link. Default `SHORTLINK`. */
  readonly source?: 'SHORTLINK' | 'ADS' | undefined;
  /** Of an ad. */
  readonly adId?: string | undefined;
}

/** What Messenger's reactions look like, by what an event calls them. */
export const reactionEmojis: Readonly<Record<string, string>> = {
  love: '❤',
  smile: '😆',
  wow: '😮',
  sad: '😢',
  angry: '😠',
  like: '👍',
  dislike: '👎',
};

/** `messages`: the person wrote, or tapped a quick reply. */
export function messageEvent(
  context: EventContext,
  message: ChatMessage,
  referral: Referral | undefined,
): WebhookEvent {
  const { mid, text, attachment, tap, replyTo } = message;
  const content =
    attachment === undefined ? { text } : { attachments: [attachmentOf(context, attachment)] };
  return eventOf(context, 'messages', [mid], message.timestamp, {
    message: {
      mid,
      ...content,
      ...(tap === undefined ? {} : { quick_reply: { payload: tap.payload } }),
      ...(replyTo === undefined ? {} : { reply_to: { mid: replyTo } }),
      ...(referral === undefined ? {} : { referral: referralOf(referral) }),
    },
  });
}

/** `messaging_postbacks`: the person tapped a button, the menu, or what was offered at first. */
export function postbackEvent(
  context: EventContext,
  { mid, text: title, tap, timestamp }: ChatMessage,
  referral: Referral | undefined,
): WebhookEvent {
  const came = referral === undefined ? {} : { referral: referralOf(referral) };
  const postback = { mid, title, payload: tap?.payload, ...came };
  return eventOf(context, 'messaging_postbacks', [mid], timestamp, { postback });
}

/** `message_reads`: the person has seen everything up to the watermark. */
export function readEvent(context: EventContext, watermark: number, at: number): WebhookEvent {
  return eventOf(context, 'message_reads', [], at, { read: { watermark } });
}

/** `message_reactions`: on a message of the Page; without a reaction it is taken back. */
export function reactionEvent(
  context: EventContext,
  mid: string,
  reaction: string | undefined,
  at: number,
): WebhookEvent {
  const told =
    reaction === undefined
      ? { action: 'unreact' }
      : { action: 'react', reaction, emoji: reactionEmojis[reaction] };
  return eventOf(context, 'message_reactions', [mid], at, { reaction: { mid, ...told } });
}

/** `message_edits`: the person changed a text. */
export function editEvent(context: EventContext, message: ChatMessage, at: number): WebhookEvent {
  const { mid, text, edits } = message;
  const change = { message_edit: { mid, text, num_edit: edits } };
  return eventOf(context, 'message_edits', [mid], at, change);
}

/** `messaging_referrals`: the person came into the conversation by a link or an ad. */
export function referralEvent(context: EventContext, referral: Referral, at: number): WebhookEvent {
  return eventOf(context, 'messaging_referrals', [], at, { referral: referralOf(referral) });
}

/** Anything else that a person does, or that happens to them. */
export function eventOf(
  context: EventContext,
  field: string,
  mids: readonly string[],
  timestamp: number,
  what: MessagingEvent,
): WebhookEvent {
  const { pageId, psid } = context;
  return { pageId, psid, field, mids, value: { ...fromPerson(context), timestamp, ...what } };
}

function referralOf({ ref, source = 'SHORTLINK', adId }: Referral): MessagingEvent {
  return {
    ...(ref === undefined ? {} : { ref }),
    source,
    type: 'OPEN_THREAD',
    ...(adId === undefined ? {} : { ad_id: adId }),
  };
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
