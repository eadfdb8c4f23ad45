import type { CountryCode } from 'libphonenumber-js/max';
import type { Terms } from '../examples.ts';
import { TEXT_LIMIT } from '../features.ts';
import { findDates } from './dates.ts';
import type { Entity, Found } from './entity.ts';
import { findMoney } from './money.ts';
import { findPhones } from './phones.ts';
import { createTermFinder } from './terms.ts';

/** How entities are found; every option has a default. */
export interface EntityFinderOptions {
  /** Where "tomorrow at nine" is. Default `Asia/Ho_Chi_Minh`. */
  readonly timeZone?: string;
  /** Of phone numbers without one, by ISO 3166. Default `VN`. */
  readonly country?: CountryCode;
  /** What else has names: the `terms` of a model. */
  readonly terms?: Terms;
}

/** When a text was written, and by whom. */
export interface EntityContext {
  /** Milliseconds since 1970: what "tomorrow" is seen from. `turn.now()`, or the event's timestamp. */
  readonly now: number;
  /** The person's language, default `vi`: whether "mon" is a Monday. */
  readonly locale?: string;
}

/** Finds what a text speaks of. */
export interface EntityFinder {
  /** In the order of the text; no two overlap. Only the first 600 characters are looked at. */
  find(text: string, context: EntityContext): Entity[];
}

const defaults = {
  timeZone: 'Asia/Ho_Chi_Minh',
  country: 'VN',
  terms: {},
} as const satisfies Required<EntityFinderOptions>;

/**
 * Makes a finder of dates, phone numbers, money and terms, in Vietnamese, with and without accents,
 * and in English.
 *
 * @example
 * const entities = createEntityFinder();
 * entities.find('Gọi mình 0912 345 678 lúc 3h chiều mai', { now: turn.now() });
 * // [{ kind: 'phone', number: '+84912345678', … }, { kind: 'date', date: …, time: '15:00', … }]
 *
 * @throws {RangeError} when the time zone is not known.
 */
export function createEntityFinder(options: EntityFinderOptions = {}): EntityFinder {
  const { timeZone, country, terms } = { ...defaults, ...options };
  // Refuses one that is not known.
  Intl.DateTimeFormat('en', { timeZone });
  const findTerms = createTermFinder(terms);
  return {
    find(text, { now, locale = 'vi' }) {
      const composed = text.slice(0, TEXT_LIMIT).normalize('NFC');
      const found = [
        ...findTerms(composed),
        ...findPhones(composed, country),
        ...findMoney(composed),
        ...findDates(composed, bareOf(composed), { now, timeZone, locale }),
      ];
      return withoutOverlap(found);
    },
  };
}

/** Each letter of Vietnamese is one unit, with accents and without: places stay as they are. */
function bareOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\0-\u007F]/g, (sign) => (sign === 'đ' ? 'd' : sign.normalize('NFD').charAt(0)));
}

/** Of those that overlap the longest stays, of equal ones the first. */
function withoutOverlap(found: readonly Found[]): Entity[] {
  const kept: Found[] = [];
  for (const one of found.toSorted((a, b) => b.end - b.start - (a.end - a.start))) {
    if (kept.every(({ start, end }) => one.end <= start || one.start >= end)) kept.push(one);
  }
  return kept.toSorted((a, b) => a.start - b.start).map(({ entity }) => entity);
}
