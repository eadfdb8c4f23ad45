import type { Channel, Platform, WebhookEvent } from './events.ts';
import { isObject, readField, readId, readString, readTime } from './fields.ts';
import type { JsonObject } from './fields.ts';
import { parseLosslessJson } from './lossless-json.ts';
import { readMessaging } from './messaging.ts';
import { unsupported } from './unsupported.ts';
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
  const entries = readField(root, 'entry');
  if (!Array.isArray(entries)) {
    const nowhere: Envelope = { platform, pageId: '0', time: 0, channel: 'messaging' };
    return { kind: 'delivery', object, events: [unsupported(root, nowhere)] };
  }
  const events: WebhookEvent[] = [];
  const strange: unknown[] = [];
  for (const entry of entries) {
    if (isObject(entry)) {
      readEntry(entry, platform, events);
    } else {
      strange.push(entry);
    }
  }
  addStrange(strange, { platform, pageId: '0', time: 0, channel: 'messaging' }, events);
  return { kind: 'delivery', object, events };
}

const LISTS = ['messaging', 'standby', 'changes'] as const satisfies readonly Channel[];

function readEntry(entry: JsonObject, platform: Platform, events: WebhookEvent[]): void {
  const pageId = readId(entry, 'id') ?? '0';
  const time = readTime(entry, 'time') ?? 0;
  let known = false;
  for (const channel of LISTS) {
    const list = readField(entry, channel);
    if (!Array.isArray(list)) {
      continue;
    }
    known = true;
    const envelope: Envelope = { platform, pageId, time, channel };
    const strange: unknown[] = [];
    for (const item of list) {
      if (isObject(item)) {
        events.push(readItem(item, envelope));
      } else {
        strange.push(item);
      }
    }
    addStrange(strange, envelope, events);
  }
  if (!known) {
    events.push(unsupported(entry, { platform, pageId, time, channel: 'messaging' }));
  }
}

function readItem(item: JsonObject, envelope: Envelope): WebhookEvent {
  if (envelope.channel !== 'changes') {
    return readMessaging(item, envelope);
  }
  const field = readString(item, 'field');
  return unsupported(item, envelope, { keys: field === undefined ? undefined : [field] });
}

/** What is not even an object is kept together: a list of a million zeros is one event. */
function addStrange(items: readonly unknown[], envelope: Envelope, events: WebhookEvent[]): void {
  if (items.length > 0) {
    events.push(unsupported(items, envelope));
  }
}
