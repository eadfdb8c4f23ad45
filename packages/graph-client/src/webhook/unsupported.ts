import { createNaming, isShallow } from './event-id.ts';
import type { Channel, Platform, UnsupportedEvent } from './events.ts';
import { isObject } from './fields.ts';
import type { JsonObject } from './fields.ts';

/** What an item inherits from its entry. */
export interface Envelope {
  platform: Platform;
  /** `0` when the entry names no Page. */
  pageId: string;
  /** Used when an item does not say when it happened; 0 when the entry does not either. */
  time: number;
  channel: Channel;
}

const ENVELOPE_KEYS: ReadonlySet<string> = new Set(['sender', 'recipient', 'timestamp']);
const MAX_KEYS = 32;
const MAX_KEY_LENGTH = 64;

/** Keeps what we do not know, so that nothing signed is refused for being strange. */
export function unsupported(
  item: JsonObject | readonly unknown[],
  envelope: Envelope,
  more: { psid?: string | undefined; keys?: readonly string[] | undefined } = {},
): UnsupportedEvent {
  const { platform, pageId, channel, time } = envelope;
  const keys = more.keys ?? (isObject(item) ? Object.keys(item) : []);
  return {
    type: 'unsupported',
    id: createNaming(envelope, item).byContent('unsupported'),
    platform,
    pageId,
    psid: more.psid,
    timestamp: time,
    channel,
    keys: keys
      .filter((key) => !ENVELOPE_KEYS.has(key))
      .slice(0, MAX_KEYS)
      .map((key) => key.slice(0, MAX_KEY_LENGTH)),
    raw: isShallow(item) ? item : null,
  };
}
