import { addDays, dayOf, daysBetween, isDay, isTimeZone } from './day.ts';

/** Which part of all that was said is counted. */
export interface Filter {
  /** One Page's id; absent counts all. */
  readonly page?: string;
  /** The first and the last day, `2026-01-31`, both whole. */
  readonly from: string;
  readonly to: string;
  /** Where the days begin, such as `Asia/Ho_Chi_Minh`. */
  readonly timeZone: string;
  /** Whether what people wrote may be shown. */
  readonly texts: boolean;
}

export type FilterParameter = 'page' | 'from' | 'to' | 'days' | 'tz' | 'lang' | 'texts';

/** What a query asks for, or which of its parameters cannot be. */
export type ReadFilter =
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'wrong'; readonly parameter: FilterParameter | 'other' };

export const MOST_DAYS = 400;
/** Days that one tap chooses. */
export const presets = [1, 7, 30] as const;

const DEFAULT_DAYS = 7;
const rules: Readonly<Record<FilterParameter, (value: string) => boolean>> = {
  page: (value) => /^\d{1,32}$/.test(value),
  from: isDay,
  to: isDay,
  days: (value) => presets.some((days) => String(days) === value),
  tz: isTimeZone,
  lang: (value) => value === 'en' || value === 'vi',
  texts: (value) => value === '1',
};

const isParameter = (name: string): name is FilterParameter => Object.hasOwn(rules, name);

/** Reads the parameters of an address; what a form leaves empty counts as absent. */
export function readFilter(
  query: Readonly<Record<string, unknown>>,
  { now, timeZone: defaultZone }: { readonly now: number; readonly timeZone: string },
): ReadFilter {
  const given: Partial<Record<FilterParameter, string>> = {};
  for (const [name, value] of Object.entries(query)) {
    if (!isParameter(name)) return { kind: 'wrong', parameter: 'other' };
    if (value === '') continue;
    if (typeof value !== 'string' || !rules[name](value)) return { kind: 'wrong', parameter: name };
    given[name] = value;
  }
  const { page, days, tz: timeZone = defaultZone } = given;
  if (days !== undefined && (given.from ?? given.to) !== undefined) {
    return { kind: 'wrong', parameter: 'days' };
  }
  const to = given.to ?? dayOf(now, timeZone);
  const from = given.from ?? addDays(to, 1 - (days === undefined ? DEFAULT_DAYS : Number(days)));
  const length = daysBetween(from, to) + 1;
  if (length < 1 || length > MOST_DAYS) return { kind: 'wrong', parameter: 'from' };
  const texts = given.texts !== undefined;
  return { kind: 'filter', filter: { ...(page && { page }), from, to, timeZone, texts } };
}

/** Charts have a bar an hour of up to two days, and a bar a day of more. */
export function unitOf({ from, to }: Filter): 'hour' | 'day' {
  return daysBetween(from, to) < 2 ? 'hour' : 'day';
}
