import { createHmac } from 'node:crypto';
import { withoutIds } from './hidden-ids.ts';

/** Names of conversations for logs and traces, from which nobody can tell the person. */
export interface Pseudonyms {
  /** Always the same twelve hex digits for the same conversation and key. */
  of(lane: string): string;
  /**
   * The text with each person in it, as `<pageId>:<psid>` or `deletion:<id>`, by a pseudonym, and
   * without the ids in addresses of Graph.
   */
  hide(text: string): string;
}

/** Ids of Pages and people have 15 to 17 digits today; addresses and times never look like this. */
const PERSON = /\b(\d{6,32}|deletion):\d{6,32}\b/g;

/**
 * A person's id is personal data, and in logs it would outlive the person's wish to be forgotten. A
 * bare hash of so few digits could be searched for, so it is keyed.
 *
 * @param key The app's secret; another one gives other names.
 *
 * @example
 * createPseudonyms(appSecret).hide('lane 100000000000001:24000000000000001 is lost');
 * // 'lane 100000000000001:3b1f09c2a7d4 is lost'
 */
export function createPseudonyms(key: string): Pseudonyms {
  const of = (lane: string): string =>
    createHmac('sha256', key).update(lane).digest('hex').slice(0, 12);
  return {
    of,
    hide: (text) =>
      withoutIds(text).replace(PERSON, (lane: string, before: string) => `${before}:${of(lane)}`),
  };
}
