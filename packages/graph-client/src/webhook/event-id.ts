import { hash } from 'node:crypto';

import { isObject } from './fields.ts';
import type { JsonObject } from './fields.ts';

/** Mids that may stand in an id, and so in a Redis key or a job's name, as they are. */
const PLAIN_MID = /^[\w.$=+-]{1,200}$/;

/** Deeper than any event of Meta's, and far from where JSON.stringify, which recurses, gives up. */
const MAX_DEPTH = 32;

/** Where an item stands; part of its name. */
export interface Place {
  pageId: string;
  channel: 'messaging' | 'standby' | 'changes';
}

/** Makes the ids of one item's event. */
export interface Naming {
  /** For an event about one message: `message.m_abc`. */
  byMid(kind: string, mid: string): string;
  /** For an event that has no name of its own: a hash of everything in it. */
  byContent(kind: string): string;
}

/**
 * On standby an event is for listening only; the same mid, should the conversation be handed over
 * and Meta send it again, still counts as new. Hence the channel in the name.
 */
export function createNaming(
  { pageId, channel }: Place,
  item: JsonObject | readonly unknown[],
): Naming {
  const prefix = channel === 'messaging' ? '' : `${channel}.`;
  return {
    byMid: (kind, mid) => `${prefix}${kind}.${PLAIN_MID.test(mid) ? mid : digest(mid)}`,
    byContent: (kind) => `${prefix}${kind}.${digest(`${pageId} ${canonical(item, MAX_DEPTH)}`)}`,
  };
}

/** Whether a value can be walked and written as JSON without running out of stack. */
export function isShallow(value: unknown, depth: number = MAX_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) {
    return true;
  }
  return depth > 0 && Object.values(value).every((inner: unknown) => isShallow(inner, depth - 1));
}

/** 128 bits: enough that two events never meet, half the memory of the whole hash. */
function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32);
}

/** JSON with keys in order, so that a redelivery with another order is the same event. */
function canonical(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value) ?? 'null';
  }
  if (depth === 0) {
    return '"…"';
  }
  if (Array.isArray(value)) {
    return `[${value.map((item: unknown) => canonical(item, depth - 1)).join(',')}]`;
  }
  const object = isObject(value) ? value : {};
  const pairs = Object.keys(object)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonical(object[key], depth - 1)}`);
  return `{${pairs.join(',')}}`;
}
