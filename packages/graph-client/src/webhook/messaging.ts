import { readAccountLinking } from './account-linking.ts';
import { readAppRoles } from './app-roles.ts';
import { readCoupon } from './coupon.ts';
import { readEdit } from './edit.ts';
import { createNaming } from './event-id.ts';
import type { WebhookEvent } from './events.ts';
import { readFeedback, readResponseFeedback } from './feedback.ts';
import { isObject, readField } from './fields.ts';
import type { JsonObject } from './fields.ts';
import { readCustomerInformation, readLeadForm } from './form.ts';
import type { Item, Reader } from './item.ts';
import { readMessage } from './message.ts';
import { readOptin } from './optin.ts';
import { readOrder } from './order.ts';
import { readPolicy } from './policy.ts';
import { readPostback } from './postback.ts';
import { readReaction } from './reaction.ts';
import { readDelivery, readRead } from './receipt.ts';
import { readReferralEvent } from './referral.ts';
import { readThreadControl } from './thread-control.ts';
import { readPsid, readTimestamp } from './unsupported.ts';
import type { Envelope } from './unsupported.ts';

/** Meta does not name an item's kind; the key that it has says it. */
type Readers<Psid> = readonly (readonly [key: string, read: Reader<WebhookEvent, Psid>])[];

/** The frequent ones first: the list is walked for each item. */
const ofPerson: Readers<string> = [
  ['message', readMessage],
  ['delivery', readDelivery],
  ['read', readRead],
  ['postback', readPostback],
  ['reaction', readReaction],
  ['message_edit', readEdit],
  ['referral', readReferralEvent],
  ['optin', readOptin],
  ['pass_thread_control', readThreadControl('pass')],
  ['take_thread_control', readThreadControl('take')],
  ['request_thread_control', readThreadControl('request')],
  ['response_feedback', readResponseFeedback],
  ['messaging_feedback', readFeedback],
  ['messaging_customer_information', readCustomerInformation],
  ['account_linking', readAccountLinking],
  ['order', readOrder],
  ['template', readCoupon],
  ['form', readLeadForm],
];

/** These have no sender. */
const ofPage: Readers<undefined> = [
  ['app_roles', readAppRoles],
  ['policy_enforcement', readPolicy],
];

/** One event out of `messaging` or `standby`, unless it is one that we do not know. */
export function readMessaging(json: JsonObject, envelope: Envelope): WebhookEvent | undefined {
  const { platform, pageId, channel } = envelope;
  if (pageId === '0') {
    return undefined;
  }
  const psid = readPsid(json);
  const naming = createNaming(envelope, json);
  const origin = { platform, pageId, timestamp: readTimestamp(json, envelope), channel };
  return (
    (psid && readFirst(ofPerson, { json, naming, origin: { ...origin, psid } })) ||
    readFirst(ofPage, { json, naming, origin: { ...origin, psid: undefined } })
  );
}

function readFirst<Psid>(readers: Readers<Psid>, item: Item<Psid>): WebhookEvent | undefined {
  for (const [key, read] of readers) {
    const body = readField(item.json, key);
    const event = isObject(body) ? read(body, item) : undefined;
    if (event !== undefined) {
      return event;
    }
  }
  return undefined;
}
