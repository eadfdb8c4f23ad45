import type { ParsedResult } from 'chrono-node';
import { GB as english } from 'chrono-node/en';
import { addDays, dayOf, formatDay, offsetMinutes, wallClock, type Day } from './calendar.ts';
import type { DateEntity, Found } from './entity.ts';
import { vietnamese } from './vietnamese-chrono.ts';

/** When and where a text is read. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly timeZone: string;
  /** The person's language, such as `vi`. */
  readonly locale: string;
}

/** English weekdays and months that are Vietnamese words without accents: thứ, món, máy, sân. */
const VIETNAMESE_TOO = /\b(thu|mon|may|sun|sat|mar|dec|now|today's)\b/i;
/** "Open 24/7" is no day of July. */
const ALWAYS = /^24\/(7|24)$/;
/** "30 phút nữa" and "in 5 minutes" say exactly when. */
const SOON = /\b(nua|minutes?|hours?)\b|^sau /;
/** What a text needs to speak English of a time. */
const ENGLISH =
  /\d|day|week|month|year|tomorrow|tonight|morning|afternoon|evening|noon|midnight|hour|minute|\b(?:mon|tue|wed|thu|fri|sat|sun)\b/i;

/**
 * Days and times of a text. Those that may be past or to come are to come; hours from 1 to 6 without
 * a part of the day are in the afternoon, as a shop is asked for them.
 *
 * @param text Composed, NFC.
 * @param bare The same without accents, each letter at its place.
 */
export function findDates(text: string, bare: string, moment: Moment): Found[] {
  const offset = offsetMinutes(moment.timeZone, moment.now);
  const reference = { instant: new Date(moment.now), timezone: offset };
  const wall = wallClock(moment.now, offset);
  const found = (results: readonly ParsedResult[]): Found[] =>
    results.flatMap((result) => toFound(result, text, bare, wall));
  const isEnglish = moment.locale.startsWith('en');
  return [
    ...found(vietnamese.parse(bare, reference)),
    ...(ENGLISH.test(text)
      ? found(
          english
            .parse(text, reference, { forwardDate: true })
            .filter((result) => isEnglish || !VIETNAMESE_TOO.test(result.text))
            .filter(saysSomething),
        )
      : []),
  ];
}

/** Neither a bare year, nor "48h", which Vietnamese people write for something else. */
function saysSomething({ start, text }: ParsedResult): boolean {
  if (/^\d+\s?[a-z]$/i.test(text)) return false;
  return start.isCertain('day') || start.isCertain('weekday') || start.isCertain('hour');
}

function toFound(
  { index: start, text: { length }, start: from, end: until }: ParsedResult,
  text: string,
  bare: string,
  wall: { readonly day: Day; readonly minute: number },
): Found[] {
  const end = start + length;
  if (ALWAYS.test(text.slice(start, end))) return [];
  const words = bare.slice(start, end).toLowerCase();
  const minute = from.isCertain('hour')
    ? minuteOf(from.get('hour'), from.get('minute'), words)
    : undefined;
  const isDay = from.isCertain('day') || from.isCertain('weekday');
  const read = dayOf(from.get('year') ?? 0, from.get('month') ?? 0, from.get('day') ?? 0);
  const next = minute !== undefined && minute <= wall.minute ? addDays(wall.day, 1) : wall.day;
  const day = isDay ? read : next;
  if (day === undefined) return [];
  const last = until?.isCertain('day')
    ? dayOf(until.get('year') ?? 0, until.get('month') ?? 0, until.get('day') ?? 0)
    : undefined;
  const entity: DateEntity = {
    kind: 'date',
    text: text.slice(start, end),
    date: formatDay(day),
    ...(minute === undefined ? {} : { time: formatMinute(minute) }),
    ...(last === undefined ? {} : { until: formatDay(last) }),
  };
  return [{ start, end, entity }];
}

/** The part of the day may stand before a day and the hour behind it: "chiều mai lúc 3h". */
function minuteOf(hour: number | null, minute: number | null, words: string): number {
  const written = hour ?? 0;
  if (SOON.test(words)) return written * 60 + (minute ?? 0);
  const isNight = /\b(dem|khuya)\b/.test(words);
  const isLate = /\b(chieu|toi)\b/.test(words) || (isNight && written >= 6);
  const isMorning =
    isNight || /\b(sang|am|a\.m\.|morning)\b/.test(words) || /\d:\d|\d(am|pm)/.test(words);
  const isNoon = /\btrua\b/.test(words) && written < 10;
  const add =
    written < 12 && (isLate || isNoon || (!isMorning && written >= 1 && written <= 6)) ? 12 : 0;
  const read = isNight && written === 12 ? 0 : written + add;
  return read * 60 + (minute ?? 0);
}

function formatMinute(minute: number): string {
  const pair = (count: number): string => String(count).padStart(2, '0');
  return `${pair(Math.floor(minute / 60))}:${pair(minute % 60)}`;
}
