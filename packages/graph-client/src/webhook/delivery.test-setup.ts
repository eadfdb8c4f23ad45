import { expect } from 'vitest';

import { toMetaJson } from '../testing/index.ts';
import type { Delivery, Occasion } from '../testing/index.ts';
import type { WebhookEvent } from './events.ts';
import { parseDelivery } from './parse.ts';

export const pageId = '104729384756123';
export const psid = '6912345678901234';
export const timestamp = 1_763_900_000_000;
export const who: Occasion = { pageId, psid, timestamp };

/** What an event of {@link who} has, whatever its type. */
export const base: object = { platform: 'page', ...who, channel: 'messaging' };

/** The id of an event that is named by a hash of all that it says. */
export function hashed(kind: string): unknown {
  return expect.stringMatching(new RegExp(`^${kind}[.][0-9a-f]{32}$`));
}

/** The events of a delivery, which is a value or its JSON. */
export function parse(what: unknown): readonly WebhookEvent[] {
  const text = typeof what === 'string' ? what : toMetaJson(what);
  const delivery = parseDelivery(Buffer.from(text));
  if (delivery.kind !== 'delivery') {
    throw new Error(`malformed: ${delivery.reason}`);
  }
  // What a queue does to them.
  expect(JSON.parse(JSON.stringify(delivery.events))).toEqual(delivery.events);
  return delivery.events;
}

/** The one event of a delivery. */
export function single(what: unknown): WebhookEvent {
  const events = parse(what);
  const [event] = events;
  if (event === undefined || events.length > 1) {
    throw new Error(`${events.length} events`);
  }
  return event;
}

/** A delivery of one item, from the person unless `content` has another sender. */
export function item(content: object, channel = 'messaging', object = 'page'): Delivery {
  const whole = { sender: { id: psid }, recipient: { id: pageId }, timestamp, ...content };
  return { object, entry: [{ id: pageId, time: timestamp + 5, [channel]: [whole] }] };
}

/** A delivery of one message. */
export function message(content: object, object = 'page'): Delivery {
  return item({ message: { mid: 'm_1', ...content } }, 'messaging', object);
}
