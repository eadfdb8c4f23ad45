import type { Naming } from './event-id.ts';
import type {
  Attachment,
  AttachmentsEvent,
  EchoEvent,
  EventBase,
  Referral,
  TextEvent,
} from './events.ts';
import { isObject, present, readField, readId, readNumber, readString } from './fields.ts';
import type { JsonObject } from './fields.ts';

/** What an event has before its type is known. */
export type Origin = Omit<EventBase, 'id' | 'psid'> & { readonly psid: string };

/** The `message` of a messaging item, unless it says nothing that we know. */
export function readMessage(
  message: JsonObject,
  origin: Origin,
  naming: Naming,
): TextEvent | AttachmentsEvent | EchoEvent | undefined {
  const mid = readString(message, 'mid');
  if (mid === undefined || mid === '') {
    return undefined;
  }
  if (message['is_echo'] === true) {
    return {
      ...origin,
      type: 'echo',
      id: naming.byMid('echo', mid),
      mid,
      ...present({ appId: readId(message, 'app_id'), metadata: readString(message, 'metadata') }),
    };
  }
  // Instagram: taken back (with the mid of the message), or a kind its API does not show.
  if (message['is_deleted'] === true || message['is_unsupported'] === true) {
    return undefined;
  }
  // One name for both types: the same mid is the same message.
  const id = naming.byMid('message', mid);
  const text = readString(message, 'text');
  const attachments = readAttachments(message);
  const more = present({
    replyToMid: readString(readField(message, 'reply_to'), 'mid'),
    referral: toReferral(readField(message, 'referral')),
  });
  // A link's preview is a `fallback` beside the text; what the person wrote is the text.
  const wrote = text !== undefined && text !== '';
  if (wrote && attachments.every(({ type }) => type === 'fallback')) {
    const payload = readString(readField(message, 'quick_reply'), 'payload');
    return {
      ...origin,
      type: 'text',
      id,
      mid,
      text,
      ...more,
      ...present({
        quickReplyPayload: payload,
        attachments: attachments.length === 0 ? undefined : attachments,
      }),
    };
  }
  if (attachments.length === 0) {
    return undefined;
  }
  return {
    ...origin,
    type: 'attachments',
    id,
    mid,
    attachments,
    ...more,
    ...(wrote ? { text } : {}),
  };
}

/** A `referral`, which is the same in a message, a postback and by itself. */
export function toReferral(referral: unknown): Referral | undefined {
  if (!isObject(referral)) {
    return undefined;
  }
  return present({
    ref: readString(referral, 'ref'),
    source: readString(referral, 'source'),
    type: readString(referral, 'type'),
    adId: readId(referral, 'ad_id'),
  });
}

function readAttachments(message: JsonObject): Attachment[] {
  const list = readField(message, 'attachments');
  return (Array.isArray(list) ? list : []).filter(isObject).map(toAttachment);
}

function toAttachment(attachment: JsonObject): Attachment {
  const payload = readField(attachment, 'payload');
  return {
    type: readString(attachment, 'type') ?? 'unknown',
    ...present({
      // A fallback carries its address beside an empty payload.
      url: readString(payload, 'url') ?? readString(attachment, 'url'),
      stickerId: readId(payload, 'sticker_id'),
      coordinates: readCoordinates(payload),
    }),
  };
}

function readCoordinates(payload: unknown): Attachment['coordinates'] {
  const place = readField(payload, 'coordinates');
  const lat = readNumber(place, 'lat');
  const long = readNumber(place, 'long');
  return lat === undefined || long === undefined ? undefined : { lat, long };
}
