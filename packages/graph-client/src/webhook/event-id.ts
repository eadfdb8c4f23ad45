import { hash } from 'node:crypto';

import type { Channel } from './event-base.ts';
import { isObject } from './fields.ts';
import type { JsonObject } from './fields.ts';

/** Names that may stand in an id, and so in a Redis key or a job's name, as they are. */
const PLAIN = /^[\w.$=+-]{1,200}$/;

/** Deeper than any event of Meta's, and far from where JSON.stringify, which recurses, gives up. */
const MAX_DEPTH = 32;

/** Where an item stands; part of its name. */
export interface Place {
  readonly pageId: string;
  readonly channel: Channel;
}

/** Makes the ids of one item's event. */
export interface Naming {
  /** For an event that a mid, or what else is not empty, tells from all of its kind: `echo.m_1`. */
  byName(kind: string, name: string): string;
  /** For any other: a hash of everything in it. */
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
    byName: (kind, name) => `${prefix}${kind}.${PLAIN.test(name) ? name : digest(name)}`,
    byContent: (kind) => `${prefix}${kind}.${digest(`${pageId} ${canonical(item, MAX_DEPTH)}`)}`,
  };
}

/** Whether a value can be written as JSON, without running out of stack, and read again. */
export function isWritable(value: unknown, depth: number = MAX_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) {
    return typeof value !== 'number' || Number.isFinite(value);
  }
  return depth > 0 && Object.values(value).every((inner: unknown) => isWritable(inner, depth - 1));
}

/** 128 bits: enough that two events never meet, half the memory of the whole hash. */
function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32);
}

/**
 * One text for equal values, and another for any others: keys in order, so that a redelivery with
 * another order is the same event, and lengths before strings, which costs less than escaping them.
 */
function canonical(value: unknown, depth: number): string {
  if (typeof value === 'string') {
    return `${value.length}"${value}`;
  }
  if (typeof value !== 'object' || value === null) {
    return `${String(value)},`;
  }
  if (depth === 0) {
    return '…';
  }
  let text = '';
  if (isObject(value)) {
    for (const key of Object.keys(value).toSorted()) {
      text += `${key.length}"${key}${canonical(value[key], depth - 1)}`;
    }
    return `{${text}}`;
  }
  for (const inner of Object.values(value)) {
    text += canonical(inner, depth - 1);
  }
  return `[${text}]`;
}
