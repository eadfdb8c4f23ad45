const HOUR_MS = 60 * 60 * 1_000;
const WEEK = 7 * 24;
/** In how many hours of the week before last it must have talked: fewer say too little. */
const LEAST_HOURS = 20;
/** How unlikely a silence must be before it is one: about one false alarm in a hundred weeks. */
const CHANCE = 1e-4;

/** The hour that a time is in, counted from 1970. */
export const hourOf = (time: number): number => Math.floor(time / HOUR_MS);

/**
 * Since when a Page that used to talk has been silent; `undefined` when its pause is nothing unusual.
 *
 * A week is compared with the one before, hour by hour, so nights and weekends are no silence: of the
 * hours in which the Page talked a week ago, it has passed over too many in a row. How many that are
 * depends on how regular it was: after three hours for one that talks in every hour, after ten for one
 * that talks again in 60 of a hundred. A Page that is new, or that seldom talks, is never silent.
 *
 * @param hours Hours in which it was heard, of the last three weeks, in any order.
 */
export function silentSince(hours: readonly number[], now: number): number | undefined {
  if (hours.length === 0) return undefined;
  const heard = new Set(hours);
  const last = Math.max(...heard);
  const current = hourOf(now);
  // The hour that runs may still bring something.
  const passed = hoursBetween(last + 1, current).filter((hour) => heard.has(hour - WEEK)).length;
  const before = hoursBetween(last + 1 - 2 * WEEK, last + 1 - WEEK).filter((hour) =>
    heard.has(hour),
  );
  if (before.length < LEAST_HOURS) return undefined;
  const again = before.filter((hour) => heard.has(hour + WEEK)).length;
  const regularity = Math.min(0.95, again / before.length);
  return (1 - regularity) ** passed < CHANCE ? (last + 1) * HOUR_MS : undefined;
}

function hoursBetween(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
