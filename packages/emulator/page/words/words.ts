import { en } from './en.ts';
import { vi } from './vi.ts';

export type Language = 'vi' | 'en';
export type TextName = keyof typeof vi;
export type Values = Readonly<Record<string, string | number>>;

export const languages: Readonly<Record<Language, Readonly<Record<TextName, string>>>> = { vi, en };

/** Texts, times, days and sums in one language. */
export interface Words {
  readonly language: Language;
  readonly text: (name: TextName, values?: Values) => string;
  readonly money: (amount: number, currency: string) => string;
  readonly clock: (time: number) => string;
  /** To the millisecond. */
  readonly exactClock: (time: number) => string;
  /** Short, for a list: the hour today, the date before. */
  readonly time: (time: number) => string;
  /** For the line between two days. */
  readonly day: (time: number) => string;
  /** The hour, with the day unless it is today. */
  readonly until: (time: number) => string;
  /** A length of time, such as `240 ms` or `2.5 s`. */
  readonly ms: (ms: number) => string;
}

/** The language to begin with: the one chosen before, else the browser's. */
export function firstLanguage(stored: string | null, browser: string): Language {
  if (stored === 'vi' || stored === 'en') return stored;
  return /^vi\b/i.test(browser) ? 'vi' : 'en';
}

/** @param now For what is told as today or yesterday, in milliseconds since 1970. */
export function createWords(language: Language, now: () => number): Words {
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(language, { hourCycle: 'h23', ...options });
  const clock = format({ hour: '2-digit', minute: '2-digit' });
  const exact = format({
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  });
  const date = format({ day: 'numeric', month: 'numeric' });
  const fullDate = format({ weekday: 'long', day: 'numeric', month: 'long' });
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });

  function text(name: TextName, values: Values = {}): string {
    return languages[language][name].replace(/\{(\w+)\}/g, (_, key: string) =>
      String(values[key] ?? ''),
    );
  }

  function daysAgo(time: number): number {
    const midnight = (moment: number): number => new Date(moment).setHours(0, 0, 0, 0);
    return Math.round((midnight(now()) - midnight(time)) / 86_400_000);
  }

  return {
    language,
    text,
    money: (amount, currency) =>
      new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount),
    clock: (time) => clock.format(time),
    exactClock: (time) => exact.format(time),
    time: (time) => (daysAgo(time) === 0 ? clock : date).format(time),
    day(time) {
      const name = (['today', 'yesterday'] as const)[daysAgo(time)];
      return name === undefined ? fullDate.format(time) : text(name);
    },
    until(time) {
      const at = clock.format(time);
      const days = daysAgo(time);
      if (days === 0) return at;
      return days === -1 ? text('tomorrow', { time: at }) : `${at} ${date.format(time)}`;
    },
    ms: (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${number.format(ms / 1000)} s`),
  };
}
