import type { Parser, ParsingContext } from 'chrono-node';
import { Chrono, strict } from 'chrono-node/vi';
import { dateOf, monthOf, wallClock, yearOf, type Day } from './calendar.ts';
import { dayPhrases, type DayPhrase } from './vietnamese-days.ts';

/** Chrono's way of putting a day and a time together, with words that need no accents. */
export const vietnamese: Chrono = new Chrono({
  parsers: [...dayPhrases.map(dayParser), timeParser(), soonParser()],
  refiners: strict.refiners,
});

function dayParser({ pattern, read }: DayPhrase): Parser {
  return {
    pattern: () => pattern,
    extract(context, match) {
      if (isInsideWord(context, match)) return null;
      const days = read(match.groups ?? {}, today(context));
      if (days === undefined) return null;
      const { from, until } = days;
      const end = until === undefined ? undefined : parts(until);
      return context.createParsingResult(match.index ?? 0, match[0], parts(from), end);
    },
  };
}

/** "3h", "15h30", "9 gio ruoi", "8 gio kem 15", "14:30", with the part of the day behind them. */
function timeParser(): Parser {
  const pattern =
    /(?:(?:luc|vao|khoang|tam) )*(?<hour>\d{1,2})(?:\s?(?:gio|h|g)(?:\s?(?<half>ruoi)|\s?kem\s?(?<less>\d{1,2})|\s?(?<minute>\d{2})(?:\s?(?:phut|p))?)?|:(?<digital>\d{2}))(?:\s(?:sang|trua|chieu|toi|dem|khuya)(?!\s(?:mai|nay|qua|hom|ngay|thu|chu nhat|cn|t[2-7])))?(?![\p{L}\p{N}:/])/u;
  return {
    pattern: () => pattern,
    extract(context, match) {
      if (isInsideWord(context, match)) return null;
      const { hour, half, less = 0, minute, digital = minute } = match.groups ?? {};
      const minutes =
        Number(hour) * 60 + (half === undefined ? Number(digital ?? 0) : 30) - Number(less);
      if (minutes < 0 || minutes >= 24 * 60 || Number(digital ?? 0) > 59) return null;
      return { hour: Math.floor(minutes / 60), minute: minutes % 60 };
    },
  };
}

/** "30 phut nua", "sau 1 tieng". */
function soonParser(): Parser {
  const pattern =
    /(?:sau )?(?<count>\d{1,3}) ?(?<unit>phut|p|tieng|gio) nua(?![\p{L}\p{N}])|sau (?<after>\d{1,3}) ?(?<afterUnit>phut|p|tieng)(?![\p{L}\p{N}])/u;
  return {
    pattern: () => pattern,
    extract(context, match) {
      if (isInsideWord(context, match)) return null;
      const { after = 0, count = after, afterUnit = '', unit = afterUnit } = match.groups ?? {};
      const later = Number(count) * (unit.startsWith('p') ? 1 : 60);
      const { reference } = context;
      const now = reference.instant.getTime() + later * 60_000;
      const { day, minute } = wallClock(now, reference.getTimezoneOffset());
      return { ...parts(day), hour: Math.floor(minute / 60), minute: minute % 60 };
    },
  };
}

/** Chrono looks on behind what was refused, and then takes the middle of a word for its beginning. */
function isInsideWord({ text }: ParsingContext, { index = 0 }: RegExpMatchArray): boolean {
  return /[\p{L}\p{N}]/u.test(text.charAt(index - 1));
}

function today({ reference }: ParsingContext): Day {
  return wallClock(reference.instant.getTime(), reference.getTimezoneOffset()).day;
}

const parts = (day: Day): { year: number; month: number; day: number } => ({
  year: yearOf(day),
  month: monthOf(day),
  day: dateOf(day),
});
