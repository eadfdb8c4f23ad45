import type { Channel, EventBase, Platform } from './event-base.ts';
import { createNaming, isWritable } from './event-id.ts';
import { isObject, readField, readId, readString, readTime } from './fields.ts';
import type { JsonObject } from './fields.ts';

/** Everything else: kinds to come, people without an id, ids that are none. */
export interface UnsupportedEvent extends EventBase {
  readonly type: 'unsupported';
  /** What it is about: its keys beside sender, recipient and timestamp; the field of a change. */
  readonly keys: readonly string[];
  /**
   * The item as Meta wrote it; `null` when it cannot be written as JSON again: nested too deeply,
   * or with a number beyond all numbers. What is not even an object, and what a delivery holds
   * beyond 1,000 unsupported events, which Meta never sends, shares one event: a list of the first
   * 1,000 of these.
   */
  readonly raw: unknown;
}

/** What an item inherits from its entry. */
export interface Envelope {
  readonly platform: Platform;
  /** `0` when the entry names no Page. */
  readonly pageId: string;
  /** Used when an item does not say when it happened; 0 when the entry does not either. */
  readonly time: number;
  readonly channel: Channel;
}

/** The person of an item: who sent it, or got it when it is an echo. */
export function readPsid(item: unknown): string | undefined {
  const isEcho = readField(readField(item, 'message'), 'is_echo') === true;
  return readId(readField(item, isEcho ? 'recipient' : 'sender'), 'id');
}

export function readTimestamp(item: unknown, { time }: Envelope): number {
  return readTime(item, 'timestamp') ?? time;
}

const ENVELOPE_KEYS: ReadonlySet<string> = new Set(['sender', 'recipient', 'timestamp']);
const MAX_KEYS = 32;
const MAX_KEY_LENGTH = 64;

/** Keeps what we do not know, so that nothing signed is refused for being strange. */
export function unsupported(
  item: JsonObject | readonly unknown[],
  envelope: Envelope,
): UnsupportedEvent {
  const { platform, pageId, channel } = envelope;
  return {
    type: 'unsupported',
    id: createNaming(envelope, item).byContent('unsupported'),
    platform,
    pageId,
    psid: pageId === '0' ? undefined : readPsid(item),
    timestamp: readTimestamp(item, envelope),
    channel,
    keys: keysOf(item, channel)
      .filter((key) => !ENVELOPE_KEYS.has(key))
      .slice(0, MAX_KEYS)
      .map((key) => key.slice(0, MAX_KEY_LENGTH)),
    raw: isWritable(item) ? item : null,
  };
}

function keysOf(item: JsonObject | readonly unknown[], channel: Channel): string[] {
  const field = channel === 'changes' ? readString(item, 'field') : undefined;
  if (field !== undefined) {
    return [field];
  }
  return isObject(item) ? Object.keys(item) : [];
}
