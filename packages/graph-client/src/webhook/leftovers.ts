import type { WebhookEvent } from './events.ts';
import { isObject } from './fields.ts';
import { unsupported } from './unsupported.ts';
import type { Envelope } from './unsupported.ts';

/** Meta sends at most so many events in a delivery. */
const MAX_EVENTS = 1_000;

/** Takes what nobody could read in a delivery. */
export interface Leftovers {
  /** Makes an event of it, or puts it aside. */
  add(item: unknown, envelope: Envelope): void;
  /** Makes one event of all that was put aside, if there is any. */
  close(): void;
}

/**
 * Adds to `events` what is unsupported. An event costs a hash, and 4 MiB hold 1.4 million items:
 * what is no object, and what is more than Meta sends, shares one.
 */
export function createLeftovers(events: WebhookEvent[], nowhere: Envelope): Leftovers {
  let count = 0;
  const aside: unknown[] = [];
  return {
    add(item, envelope) {
      if (isObject(item) && count < MAX_EVENTS) {
        count += 1;
        events.push(unsupported(item, envelope));
      } else if (aside.length < MAX_EVENTS) {
        aside.push(item);
      }
    },
    close() {
      if (aside.length > 0) {
        events.push(unsupported(aside, nowhere));
      }
    },
  };
}
