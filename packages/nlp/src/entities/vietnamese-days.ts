import { addDays, dateOf, dayOf, monthOf, weekday, yearOf, type Day } from './calendar.ts';

/** A way to name a day or days, over texts without accents. */
export interface DayPhrase {
  readonly pattern: RegExp;
  /** Undefined when the words are of no day. */
  readonly read: (groups: Groups, today: Day) => Days | undefined;
}

/** Days in a row. */
interface Days {
  readonly from: Day;
  readonly until?: Day;
}

type Groups = Readonly<Record<string, string | undefined>>;

const NUMBERS = ['khong', 'mot', 'hai', 'ba', 'bon', 'nam', 'sau', 'bay', 'tam', 'chin', 'muoi'];
const NUMBER = String.raw`\d{1,3}|${NUMBERS.slice(1).join('|')}`;
const WEEKDAYS = ['hai', 'ba', 'tu', 'nam', 'sau', 'bay'];
const PART = String.raw`(?:(?:buoi )?(?:sang|trua|chieu|toi|dem|khuya) )?`;
const YEAR = String.raw`(?:(?: nam |\s?[/-]\s?)(?<year>\d{4}))?`;

/** In the order in which they are tried: the longer before what it begins with. */
export const dayPhrases: readonly DayPhrase[] = [
  phrase(
    `${PART}(?:hom nay|hnay|bua nay|ngay hom nay)|(?:sang|trua|chieu|toi|dem) nay`,
    (_, today) => ({
      from: today,
    }),
  ),
  phrase(
    // "Mai" is a name too.
    `(?<!(?:chi|co|ban|em|anh|be|ten|la) )${PART}(?:ngay mai|mai)`,
    (_, today) => ({ from: addDays(today, 1) }),
  ),
  phrase(`${PART}(?:ngay kia|ngay mot)`, (_, today) => ({ from: addDays(today, 2) })),
  phrase(`${PART}(?:hom qua|hqua|bua qua)|(?:sang|trua|chieu|toi|dem) qua`, (_, today) => ({
    from: addDays(today, -1),
  })),
  phrase(`${PART}hom kia`, (_, today) => ({ from: addDays(today, -2) })),
  phrase(
    `(?:sau )?(?<count>${NUMBER}) (?<unit>ngay|hom|tuan|thang) (?:nua|toi)|sau (?<count2>${NUMBER}) (?<unit2>ngay|tuan|thang)`,
    (groups, today) =>
      ahead(today, groups['count'] ?? groups['count2'], groups['unit'] ?? groups['unit2']),
  ),
  phrase(
    `(?<count>${NUMBER}) (?<unit>ngay|hom|tuan|thang) truoc|cach day (?<count2>${NUMBER}) (?<unit2>ngay|hom|tuan|thang)`,
    (groups, today) =>
      ahead(today, groups['count'] ?? groups['count2'], groups['unit'] ?? groups['unit2'], -1),
  ),
  phrase(
    `${PART}(?:thu (?<number>[2-7])|thu (?<name>${WEEKDAYS.join('|')})|t(?<short>[2-7])|(?<sunday>chu nhat|cn))(?: (?<which>tuan nay|nay|tuan sau|tuan toi|toi|sau))?`,
    readWeekday,
  ),
  phrase(`cuoi tuan(?: (?<which>nay|sau|toi))?`, ({ which }, today) => {
    const isSunday = weekday(today) === 6;
    const saturday = addDays(
      today,
      5 - weekday(today) + (which === 'sau' || which === 'toi' ? 7 : 0),
    );
    const until = addDays(saturday, 1);
    return { from: isSunday && which === undefined ? until : saturday, until };
  }),
  phrase(`tuan (?:sau|toi)`, (_, today) => {
    const monday = addDays(today, 7 - weekday(today));
    return { from: monday, until: addDays(monday, 6) };
  }),
  phrase(`thang (?:sau|toi)`, (_, today) => {
    const from = Date.UTC(yearOf(today), monthOf(today), 1);
    return { from, until: addDays(Date.UTC(yearOf(today), monthOf(today) + 1, 1), -1) };
  }),
  phrase(`(?:ngay |mung |mong )?(?<day>\\d{1,2}) thang (?<month>\\d{1,2})${YEAR}`, readDate),
  phrase(
    `(?:ngay )?(?<day>\\d{1,2})(?<sign>[/-])(?<month>\\d{1,2})(?:\\k<sign>(?<year>\\d{4}))?(?![/-]?\\d)`,
    readDate,
  ),
  // Tết's days are of the moon's calendar.
  phrase(
    `(?:ngay|hom|mung|mong) (?:mung )?(?<day>\\d{1,2})(?! (?:tet|am lich|thang))`,
    ({ day }, today) => {
      const wanted = Number(day);
      for (let later = 0; later < 4; later += 1) {
        const month = monthOf(today) + later;
        const from = dayOf(
          yearOf(today) + Math.floor((month - 1) / 12),
          ((month - 1) % 12) + 1,
          wanted,
        );
        if (from !== undefined && from >= today) return { from };
      }
      return undefined;
    },
  ),
];

function phrase(source: string, read: DayPhrase['read']): DayPhrase {
  return { pattern: new RegExp(`(?:${source})(?![\\p{L}\\p{N}])`, 'u'), read };
}

function countOf(written = ''): number {
  return /\d/.test(written) ? Number(written) : NUMBERS.indexOf(written);
}

function ahead(today: Day, written: string | undefined, unit = '', way = 1): Days | undefined {
  const count = countOf(written) * way;
  if (unit !== 'thang') return { from: addDays(today, unit === 'tuan' ? count * 7 : count) };
  const first = new Date(Date.UTC(yearOf(today), monthOf(today) - 1 + count, 1));
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + 1];
  // A month after the 31st of January is the 28th of February.
  const last = dateOf(addDays(Date.UTC(year, month, 1), -1));
  const from = dayOf(year, month, Math.min(dateOf(today), last));
  return from === undefined ? undefined : { from };
}

function readWeekday({ number, name, short, sunday, which }: Groups, today: Day): Days {
  const digit = number ?? short;
  const wanted =
    sunday === undefined
      ? digit === undefined
        ? WEEKDAYS.indexOf(name ?? '')
        : Number(digit) - 2
      : 6;
  const inWeek = wanted - weekday(today);
  if (which === 'tuan nay') return { from: addDays(today, inWeek) };
  if (which === 'tuan sau' || which === 'tuan toi') return { from: addDays(today, inWeek + 7) };
  // Today counts, unless the text says that it is to come.
  const isToday = inWeek === 0 && (which === undefined || which === 'nay');
  return { from: addDays(today, isToday ? 0 : ((inWeek + 6) % 7) + 1) };
}

function readDate({ day, month, year }: Groups, today: Day): Days | undefined {
  const of = (inYear: number): Day | undefined => dayOf(inYear, Number(month), Number(day));
  if (year !== undefined) return daysFrom(of(Number(year)));
  const thisYear = of(yearOf(today));
  return daysFrom(thisYear !== undefined && thisYear < today ? of(yearOf(today) + 1) : thisYear);
}

function daysFrom(from: Day | undefined): Days | undefined {
  return from === undefined ? undefined : { from };
}
