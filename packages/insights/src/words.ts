import type { FilterParameter } from './filter.ts';
import { english } from './words-english.ts';
import { vietnamese } from './words-vietnamese.ts';

export type Language = 'en' | 'vi';

/** All that the page says. */
export interface Words {
  readonly title: string;
  readonly toContent: string;
  readonly filter: Readonly<
    Record<'page' | 'allPages' | 'from' | 'to' | 'timeZone' | 'apply' | 'presets', string>
  >;
  /** By the number of days. */
  readonly presets: Readonly<Record<1 | 7 | 30, string>>;
  readonly language: string;
  readonly csv: string;
  readonly table: string;
  readonly nothing: string;
  /** What stands for a name that is not known. */
  readonly noName: string;
  readonly showTexts: string;
  readonly hideTexts: string;
  /** Before the newest of more rows. */
  readonly newest: (most: number) => string;
  readonly total: string;
  /** By a report's name. */
  readonly reports: Readonly<Record<string, { readonly title: string; readonly about: string }>>;
  /** By a column's name. */
  readonly columns: Readonly<Record<string, string>>;
  readonly seconds: string;
  readonly wrong: string;
  readonly rules: Readonly<Record<FilterParameter | 'other' | 'askForTexts', string>>;
  readonly unavailable: string;
  readonly tryAgain: string;
}

const all: Readonly<Record<Language, Words>> = { en: english, vi: vietnamese };

export const wordsOf = (language: Language): Words => all[language];

/** What `lang` says, else the first of both that the browser names, else English. */
export function languageOf(asked: unknown, accepted: string | undefined): Language {
  if (asked === 'en' || asked === 'vi') return asked;
  return /^(?:.*?,)??\s*(vi|en)\b/i.exec(accepted ?? '')?.[1]?.toLowerCase() === 'vi' ? 'vi' : 'en';
}
