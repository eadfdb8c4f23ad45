/** Days as people write them, `2026-01-31`. */

const DAY_MS = 24 * 60 * 60 * 1_000;

const format = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Whether it is a day of this or the last century. */
export function isDay(text: string): boolean {
  if (!/^(19|20)\d\d-\d\d-\d\d$/.test(text)) return false;
  const ms = Date.parse(text);
  return Number.isFinite(ms) && format(ms) === text;
}

export function addDays(day: string, days: number): string {
  return format(Date.parse(day) + days * DAY_MS);
}

export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

/** The day that it is somewhere. */
export function dayOf(ms: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(ms);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/**
 * Whether it names a place. Distances such as `+07:00` do not: PostgreSQL, by the rules of POSIX, would
 * count them the other way round.
 */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]{3,}[A-Za-z_]*(?:\/[A-Za-z][A-Za-z_+-]*\d*){0,2}$/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: text }).format();
    return true;
  } catch {
    return false;
  }
}
