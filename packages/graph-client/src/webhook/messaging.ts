import { createNaming } from './event-id.ts';
import type { WebhookEvent } from './events.ts';
import { isObject, readField, readId, readTime } from './fields.ts';
import type { JsonObject } from './fields.ts';
import { readMessage } from './message.ts';
import {
  readDelivery,
  readEdit,
  readOptin,
  readPostback,
  readReaction,
  readRead,
  readReferralEvent,
} from './signals.ts';
import { unsupported } from './unsupported.ts';
import type { Envelope } from './unsupported.ts';

/** Meta does not name an item's kind; the key that it has says it. */
const readers = [
  ['message', readMessage],
  ['postback', readPostback],
  ['reaction', readReaction],
  ['message_edit', readEdit],
  ['delivery', readDelivery],
  ['read', readRead],
  ['referral', readReferralEvent],
  ['optin', readOptin],
] as const;

/** One event out of `messaging` or `standby`. */
export function readMessaging(item: JsonObject, envelope: Envelope): WebhookEvent {
  const { platform, pageId, channel } = envelope;
  const timestamp = readTime(item, 'timestamp') ?? envelope.time;
  // An echo goes the other way: from the Page to the person.
  const isEcho = readField(readField(item, 'message'), 'is_echo') === true;
  const psid = readId(readField(item, isEcho ? 'recipient' : 'sender'), 'id');
  if (psid === undefined || pageId === '0') {
    return unsupported(item, { ...envelope, time: timestamp });
  }
  const origin = { platform, pageId, psid, timestamp, channel };
  const naming = createNaming(envelope, item);
  for (const [key, read] of readers) {
    const body = readField(item, key);
    const event = isObject(body) ? read(body, origin, naming) : undefined;
    if (event !== undefined) {
      return event;
    }
  }
  return unsupported(item, { ...envelope, time: timestamp }, { psid });
}
