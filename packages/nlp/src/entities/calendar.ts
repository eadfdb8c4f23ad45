/** A day of the calendar, without a time zone: milliseconds of its midnight in UTC. */
export type Day = number;

const DAY_MS = 86_400_000;

/** The day and the minute of it, on the wall of a place that is so many minutes ahead of UTC. */
export function wallClock(now: number, aheadMinutes: number): { day: Day; minute: number } {
  const wall = now + aheadMinutes * 60_000;
  const day = Math.floor(wall / DAY_MS) * DAY_MS;
  return { day, minute: Math.floor((wall - day) / 60_000) };
}

/** How many minutes a time zone is ahead of UTC at that time. */
export function offsetMinutes(timeZone: string, now: number): number {
  const parts = formatOf(timeZone).formatToParts(now);
  const written = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(written) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Kept, for making one takes longer than everything else; a process knows few time zones. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const kept = formats.get(timeZone);
  if (kept !== undefined) return kept;
  const made = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, made);
  return made;
}

export const addDays = (day: Day, count: number): Day => day + count * DAY_MS;

/** From 0, Monday, to 6, Sunday: weeks begin with Monday in Vietnam. */
export const weekday = (day: Day): number => (new Date(day).getUTCDay() + 6) % 7;

/** Undefined for what no calendar has, such as the 31st of June. */
export function dayOf(year: number, month: number, date: number): Day | undefined {
  const day = Date.UTC(year, month - 1, date);
  const made = new Date(day);
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === date ? day : undefined;
}

export const yearOf = (day: Day): number => new Date(day).getUTCFullYear();
export const monthOf = (day: Day): number => new Date(day).getUTCMonth() + 1;
export const dateOf = (day: Day): number => new Date(day).getUTCDate();

/** Such as `2026-11-27`. */
export const formatDay = (day: Day): string => new Date(day).toISOString().slice(0, 10);
