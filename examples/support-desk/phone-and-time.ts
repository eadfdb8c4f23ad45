import { createEntityFinder, type DateEntity } from '@bot/nlp';

/** Why nobody can call then; names a text. */
export type TimeTrouble = 'needTime' | 'pastTime' | 'farTime' | 'closedTime';

/** What a text says of a call. */
export interface PhoneAndTime {
  /** Such as `+84912345678`. */
  readonly phone?: string;
  /** Milliseconds since 1970. */
  readonly at?: number;
  /** The text says a day or a time at which nobody can call. */
  readonly trouble?: TimeTrouble;
}

const finder = createEntityFinder({ timeZone: 'Asia/Ho_Chi_Minh', country: 'VN' });

const HOUR_MS = 60 * 60 * 1_000;
/** Vietnam keeps the same time all year. */
const OFFSET_MS = 7 * HOUR_MS;
const MOST_AHEAD_MS = 30 * 24 * HOUR_MS;

/** `0912 345 678, 3h chiều mai` as a number, and a time in Vietnam. */
export function readPhoneAndTime(
  text: string,
  about: { readonly now: number; readonly locale: string },
): PhoneAndTime {
  const found = finder.find(text, about);
  const phone = found.find((entity) => entity.kind === 'phone');
  const dates = found.filter((entity): entity is DateEntity => entity.kind === 'date');
  const date = dates.find(({ time }) => time !== undefined);
  const at = date && Date.parse(`${date.date}T${date.time}Z`) - OFFSET_MS;
  const lacksTime = dates.length > 0 && date === undefined;
  const trouble = at === undefined ? lacksTime && 'needTime' : timeTroubleOf(at, about.now);
  return {
    ...(phone && { phone: phone.number }),
    ...(at !== undefined && { at }),
    ...(trouble && { trouble }),
  };
}

/** Why nobody can call at a time, if so: people call from 8:00 to 21:00, and plan 30 days. */
export function timeTroubleOf(at: number, now: number): TimeTrouble | undefined {
  if (at <= now) return 'pastTime';
  if (at > now + MOST_AHEAD_MS) return 'farTime';
  const hour = new Date(at + OFFSET_MS).getUTCHours();
  return hour < 8 || hour >= 21 ? 'closedTime' : undefined;
}

/** `14:30, 25/12/2026` */
export function writeTime(at: number): string {
  const [date = '', clock = ''] = new Date(at + OFFSET_MS).toISOString().split('T');
  return `${clock.slice(0, 5)}, ${date.split('-').toReversed().join('/')}`;
}
