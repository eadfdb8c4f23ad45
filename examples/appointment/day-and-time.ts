/** Vietnam keeps the same time all year: 7 hours before UTC. */
const OFFSET_MS = 7 * 60 * 60 * 1_000;

/**
 * `25/12 14:30` as milliseconds since 1970, in Vietnam's time, in this year or the next; `undefined`
 * for what is no day and time.
 */
export function readDayAndTime(text: string, now: number): number | undefined {
  const [, day, month, hour, minute = '00'] =
    /(\d{1,2})[/-](\d{1,2})\D+(\d{1,2})(?:[:h](\d{2})?)/i.exec(text) ?? [];
  if (day === undefined || month === undefined || hour === undefined) return undefined;
  const parts = [Number(month) - 1, Number(day), Number(hour), Number(minute)] as const;
  const year = new Date(now + OFFSET_MS).getUTCFullYear();
  return [year, year + 1].map((each) => timeOf(each, ...parts)).find((time) => (time ?? 0) > now);
}

function timeOf(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
): number | undefined {
  const time = Date.UTC(year, month, day, hour, minute);
  const date = new Date(time);
  // 31/2 would become 3/3.
  const isThere = date.getUTCMonth() === month && date.getUTCDate() === day && hour < 24;
  return isThere && minute < 60 ? time - OFFSET_MS : undefined;
}

/** `14:30, 25/12/2026` */
export function writeDayAndTime(time: number): string {
  const [date = '', clock = ''] = new Date(time + OFFSET_MS).toISOString().split('T');
  return `${clock.slice(0, 5)}, ${date.split('-').toReversed().join('/')}`;
}
