import { readChange } from './change.ts';
import type { Channel, Platform } from './event-base.ts';
import type { WebhookEvent } from './events.ts';
import { isObject, readField, readId, readString, readTime } from './fields.ts';
import { createLeftovers } from './leftovers.ts';
import type { Leftovers } from './leftovers.ts';
import { parseLosslessJson } from './lossless-json.ts';
import { readMessaging } from './messaging.ts';
import type { Envelope } from './unsupported.ts';

/** What a verified body holds. */
export type ParsedDelivery =
  | { kind: 'delivery'; object: string; events: readonly WebhookEvent[] }
  | { kind: 'malformed'; reason: string };

// Not fatal: a broken byte costs one letter, not the delivery. Takes a byte order mark away.
const utf8 = new TextDecoder();

/**
 * Turns the bytes of a delivery into its events, in their order. Never throws, whatever the bytes:
 * what is not JSON is `malformed`, and everything in it that we do not know is an `unsupported`
 * event whose neighbours are served.
 *
 * Verify the signature of the same bytes first.
 *
 * @example
 * const delivery = parseDelivery(body);
 * if (delivery.kind === 'delivery') {
 *   for (const event of delivery.events) {
 *     if (event.type === 'text') console.log(event.psid, event.text.length);
 *   }
 * }
 *
 * @see https://developers.facebook.com/docs/messenger-platform/webhooks#event-notifications
 */
export function parseDelivery(body: Uint8Array): ParsedDelivery {
  let root: unknown;
  try {
    root = parseLosslessJson(utf8.decode(body));
  } catch {
    // The parser's own message quotes the body, which is somebody's text.
    return { kind: 'malformed', reason: 'the body is not JSON' };
  }
  if (!isObject(root)) {
    return { kind: 'malformed', reason: 'the body is JSON, but not an object' };
  }
  const object = readString(root, 'object') ?? '';
  const platform: Platform = object === 'page' || object === 'instagram' ? object : 'other';
  const nowhere: Envelope = { platform, pageId: '0', time: 0, channel: 'messaging' };
  const events: WebhookEvent[] = [];
  const leftovers = createLeftovers(events, nowhere);
  const entries = readField(root, 'entry');
  for (const entry of Array.isArray(entries) ? entries : [root]) {
    readEntry(entry, nowhere, events, leftovers);
  }
  leftovers.close();
  return { kind: 'delivery', object, events };
}

const LISTS = ['messaging', 'standby', 'changes'] as const satisfies readonly Channel[];

function readEntry(
  entry: unknown,
  nowhere: Envelope,
  events: WebhookEvent[],
  leftovers: Leftovers,
): void {
  const where = {
    ...nowhere,
    pageId: readId(entry, 'id') ?? '0',
    time: readTime(entry, 'time') ?? 0,
  };
  let known = false;
  for (const channel of LISTS) {
    const list = readField(entry, channel);
    if (!Array.isArray(list)) {
      continue;
    }
    known = true;
    const envelope: Envelope = { ...where, channel };
    const read = channel === 'changes' ? readChange : readMessaging;
    for (const item of list) {
      const event = isObject(item) ? read(item, envelope) : undefined;
      if (event === undefined) {
        leftovers.add(item, envelope);
      } else {
        events.push(event);
      }
    }
  }
  if (!known) {
    leftovers.add(entry, where);
  }
}
