import type { Filter } from './filter.ts';
import type { Language } from './words.ts';

export const PATH = '/insights';

export interface AddressOptions {
  readonly filter: Filter;
  readonly language: Language;
}

/** Parameters that ask for the same again, with a change; `undefined` takes one away. */
export function queryOf(
  { filter, language }: AddressOptions,
  change: Readonly<Record<string, string | undefined>> = {},
): string {
  const { page, from, to, timeZone: tz, texts } = filter;
  const all = { page, from, to, tz, lang: language, texts: texts ? '1' : undefined, ...change };
  const given = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
  return `?${new URLSearchParams(given).toString()}`;
}

/** Where a report is, as a file. */
export const fileOf = (report: string, options: AddressOptions): string =>
  `${PATH}/${report}.csv${queryOf(options)}`;
