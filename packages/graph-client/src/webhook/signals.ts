import type { Naming } from './event-id.ts';
import type {
  DeliveryEvent,
  EditEvent,
  OptinEvent,
  PostbackEvent,
  ReactionEvent,
  ReadEvent,
  ReferralEvent,
} from './events.ts';
import { present, readField, readNumber, readString, readTime } from './fields.ts';
import type { JsonObject } from './fields.ts';
import { toReferral } from './message.ts';
import type { Origin } from './message.ts';

// Everything in `messaging` that is not a message. Each answers nothing when what the event is
// about is missing, and the item becomes an unsupported event.

export function readPostback(postback: JsonObject, origin: Origin, naming: Naming): PostbackEvent {
  const mid = readString(postback, 'mid');
  return {
    ...origin,
    type: 'postback',
    id: mid ? naming.byMid('postback', mid) : naming.byContent('postback'),
    title: readString(postback, 'title') ?? '',
    payload: readString(postback, 'payload'),
    ...present({ mid, referral: toReferral(readField(postback, 'referral')) }),
  };
}

export function readReaction(
  body: JsonObject,
  origin: Origin,
  naming: Naming,
): ReactionEvent | undefined {
  const mid = readString(body, 'mid');
  const action = readString(body, 'action');
  if (mid === undefined || (action !== 'react' && action !== 'unreact')) {
    return undefined;
  }
  return {
    ...origin,
    type: 'reaction',
    // One message is reacted to many times, so the mid alone is no name.
    id: naming.byContent('reaction'),
    mid,
    action,
    ...present({ reaction: readString(body, 'reaction'), emoji: readString(body, 'emoji') }),
  };
}

export function readEdit(edit: JsonObject, origin: Origin, naming: Naming): EditEvent | undefined {
  const mid = readString(edit, 'mid');
  const text = readString(edit, 'text');
  if (mid === undefined || text === undefined) {
    return undefined;
  }
  return {
    ...origin,
    type: 'edit',
    // One message is edited up to five times.
    id: naming.byContent('edit'),
    mid,
    text,
    ...present({ edits: readNumber(edit, 'num_edit') }),
  };
}

export function readDelivery(delivery: JsonObject, origin: Origin, naming: Naming): DeliveryEvent {
  const mids = readField(delivery, 'mids');
  return {
    ...origin,
    type: 'delivery',
    id: naming.byContent('delivery'),
    mids: (Array.isArray(mids) ? mids : []).filter((mid) => typeof mid === 'string'),
    ...present({ watermark: readTime(delivery, 'watermark') }),
  };
}

export function readRead(read: JsonObject, origin: Origin, naming: Naming): ReadEvent {
  return {
    ...origin,
    type: 'read',
    id: naming.byContent('read'),
    ...present({ watermark: readTime(read, 'watermark'), mid: readString(read, 'mid') }),
  };
}

export function readReferralEvent(
  referral: JsonObject,
  origin: Origin,
  naming: Naming,
): ReferralEvent {
  return {
    ...origin,
    type: 'referral',
    id: naming.byContent('referral'),
    referral: toReferral(referral) ?? {},
  };
}

export function readOptin(optin: JsonObject, origin: Origin, naming: Naming): OptinEvent {
  return {
    ...origin,
    type: 'optin',
    id: naming.byContent('optin'),
    ...present({
      optinType: readString(optin, 'type'),
      payload: readString(optin, 'payload'),
      ref: readString(optin, 'ref'),
    }),
  };
}
