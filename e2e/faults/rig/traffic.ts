import type { QueueEvent } from '@bot/queue';
import type { Random } from './random.ts';

/**
 * What a worker does with an event; what else a fault needs is added here and in `worker.ts`.
 * `stumble`: the first attempt fails, and after a pause the second one replies. `hoard`: it replies,
 * and never lets go of a file, a buffer, and something in Redis.
 */
export type Manner = 'reply' | 'stumble' | 'hoard' | Poison;

/** Harms its worker, in every attempt: before its steps, or once the first of them is done. */
export interface Poison {
  readonly harm: Harm;
  readonly afterSteps: 0 | 1;
}

/** `spin` loops for ever, `exhaust` takes memory until there is none; `throw` harms nobody else. */
export type Harm = 'throw' | 'spin' | 'exit' | 'exhaust';

/** An event of a run; its timestamp is the time at which it is to be sent. */
export interface PlannedEvent extends QueueEvent {
  readonly data: { readonly seq: number; readonly manner: Manner };
}

export interface TrafficOptions {
  readonly events: number;
  readonly lanes: number;
  readonly perSecond: number;
  /** How uneven: the lane of rank r gets a share of r^-skew. Default 0.5. */
  readonly skew?: number;
  /** Of the event at this place in the whole. Default: all reply. */
  readonly mannerOf?: (index: number) => Manner;
}

/** As planned, and due from `beginAt` on, in milliseconds since 1970. */
export function eventsFrom(beginAt: number, planned: readonly PlannedEvent[]): PlannedEvent[] {
  return planned.map((event) => ({ ...event, timestamp: beginAt + event.timestamp }));
}

/**
 * Evenly spread over time, which counts from the beginning of the run, unevenly over lanes; in each
 * lane `seq` counts up from 0.
 */
export function planTraffic(
  { events, lanes, perSecond, skew = 0.5, mannerOf = () => 'reply' }: TrafficOptions,
  random: Random,
): PlannedEvent[] {
  const shares: number[] = [];
  let total = 0;
  for (let rank = 1; rank <= lanes; rank += 1) {
    total += rank ** -skew;
    shares.push(total);
  }
  const sent = new Map<string, number>();
  return Array.from({ length: events }, (_, index) => {
    const lane = `lane-${placeOf(random() * total, shares)}`;
    const seq = sent.get(lane) ?? 0;
    sent.set(lane, seq + 1);
    const timestamp = Math.floor((index * 1_000) / perSecond);
    return { id: `${lane}:${seq}`, lane, timestamp, data: { seq, manner: mannerOf(index) } };
  });
}

/** The first place whose running total lies above the value. */
function placeOf(value: number, totals: readonly number[]): number {
  let low = 0;
  let high = totals.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((totals[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
