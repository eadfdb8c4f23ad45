import type { Delivery, GraphCall } from '../../src/state/state.ts';

export type TimelineEntry =
  | {
      readonly kind: 'delivery';
      readonly id: string;
      readonly at: number;
      readonly delivery: Delivery;
    }
  | { readonly kind: 'call'; readonly id: string; readonly at: number; readonly call: GraphCall };

/** Where a bar stands, in hundredths of the burst that it belongs to. */
export interface Bar {
  readonly start: number;
  readonly length: number;
  readonly failed: boolean;
}

/** One line of the timeline. */
export interface TimelineRow {
  readonly entry: TimelineEntry;
  /** Milliseconds since the delivery before it; undefined when there is none. */
  readonly offset: number | undefined;
  /** It begins what happened together: before it all was quiet. */
  readonly startsBurst: boolean;
  readonly bars: readonly Bar[];
}

interface Span {
  readonly at: number;
  readonly ms: number;
  readonly failed: boolean;
}

/** So long must nothing happen before a new burst begins. */
const QUIET_MS = 2000;

/** Deliveries and calls on one line of time, oldest first. */
export function timelineRows(
  deliveries: Iterable<Delivery>,
  calls: Iterable<GraphCall>,
): readonly TimelineRow[] {
  const entries = [...[...deliveries].map(deliveryEntry), ...[...calls].map(callEntry)];
  const bursts = burstsOf(entries.toSorted((a, b) => a.at - b.at));
  let delivered: number | undefined;
  return bursts.flatMap((burst) => {
    const start = burst[0]?.at ?? 0;
    const length = Math.max(1, ...burst.map((entry) => endOf(entry) - start));
    return burst.map((entry, index) => {
      const offset = delivered === undefined ? undefined : entry.at - delivered;
      if (entry.kind === 'delivery') delivered = entry.at;
      const bars = spansOf(entry).map(({ at, ms, failed }) => ({
        start: (100 * (at - start)) / length,
        length: (100 * ms) / length,
        failed,
      }));
      return { entry, offset, startsBurst: index === 0, bars };
    });
  });
}

/** True for what Graph or the webhook refused, or what never was answered. */
export function isFailure(status: number): boolean {
  return status < 200 || status >= 400;
}

function burstsOf(entries: readonly TimelineEntry[]): readonly (readonly TimelineEntry[])[] {
  const bursts: TimelineEntry[][] = [];
  let quietFrom = -Infinity;
  for (const entry of entries) {
    const burst = bursts.at(-1);
    if (burst === undefined || entry.at > quietFrom + QUIET_MS) bursts.push([entry]);
    else burst.push(entry);
    quietFrom = Math.max(quietFrom, endOf(entry));
  }
  return bursts;
}

function deliveryEntry(delivery: Delivery): TimelineEntry {
  // One that waits for its turn stands at the end.
  const at = delivery.attempts[0]?.at ?? Number.MAX_SAFE_INTEGER;
  return { kind: 'delivery', id: delivery.id, at, delivery };
}

function callEntry(call: GraphCall): TimelineEntry {
  return { kind: 'call', id: call.id, at: call.at, call };
}

function spansOf(entry: TimelineEntry): readonly Span[] {
  if (entry.kind === 'call') {
    const { at, ms, status } = entry.call;
    return [{ at, ms, failed: isFailure(status) }];
  }
  return entry.delivery.attempts.map(({ at, ms, status }) => ({
    at,
    ms,
    failed: status !== 200,
  }));
}

function endOf(entry: TimelineEntry): number {
  return Math.max(entry.at, ...spansOf(entry).map(({ at, ms }) => at + ms));
}
