import type { Rig } from './rig.ts';

/** A time without Redis. */
export interface Span {
  readonly downAt: number;
  /** The same moment, as events are dated. */
  readonly downTimestamp: number;
  readonly upAt: number;
}

/** What was seen of it; times in ms. */
export interface Outage {
  readonly refusals: number;
  /** The longest that an `add` waited for its refusal. */
  readonly slowestRefusal: number;
  /** From Redis' first answer to the first `add` that was taken. */
  readonly untilTaken: number;
  /** From there to the end of the first turn of an event that was sent after the beginning. */
  readonly untilHandled: number;
}

export function outageOf({ books, events }: Rig, { downAt, downTimestamp, upAt }: Span): Outage {
  const refused = books.refused.filter(({ at }) => at >= downAt && at <= upAt + 1_000);
  const timestamps = new Map(events.map(({ id, timestamp }) => [id, timestamp]));
  const sentAfter = (lane: string, seq: number): boolean =>
    (timestamps.get(`${lane}:${seq}`) ?? 0) > downTimestamp;
  const first = (times: readonly number[]): number =>
    (times.find((at) => at > upAt) ?? Infinity) - upAt;
  return {
    refusals: refused.length,
    slowestRefusal: Math.max(0, ...refused.map(({ tookMs }) => tookMs)),
    untilTaken: first([...books.acked.values()]),
    untilHandled: first(
      books.handled.filter(({ lane, seq }) => sentAfter(lane, seq)).map(({ at }) => at),
    ),
  };
}

/** The worst of several, for a report. */
export function outageFigures(outages: readonly Outage[]): Record<string, number> {
  const slowest = (figure: keyof Outage): number =>
    Math.round(Math.max(...outages.map((each) => each[figure])));
  return {
    refusals: outages.reduce((sum, { refusals }) => sum + refusals, 0),
    'slowest refusal (ms)': slowest('slowestRefusal'),
    'until taken again (ms)': slowest('untilTaken'),
    'until handled again (ms)': slowest('untilHandled'),
  };
}
