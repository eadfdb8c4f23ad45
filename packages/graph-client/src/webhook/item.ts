import type { EventBase } from './event-base.ts';
import type { Naming } from './event-id.ts';
import type { JsonObject } from './fields.ts';

/** An item of a delivery that is about to become an event; most are of a person. */
export interface Item<Psid = string> {
  /** All of it, as Meta wrote it. */
  readonly json: JsonObject;
  /** What its event has whatever its type. */
  readonly origin: Omit<EventBase, 'id' | 'psid'> & { readonly psid: Psid };
  readonly naming: Naming;
}

/**
 * Makes an event of what an item says under one key; nothing, when that lacks what the event would
 * be about, and the item becomes an unsupported event.
 */
export type Reader<Event, Psid = string> = (
  body: JsonObject,
  item: Item<Psid>,
) => Event | undefined;
