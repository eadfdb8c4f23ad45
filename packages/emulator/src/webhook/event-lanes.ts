import type { WebhookEvent } from './events.ts';

/** An event that waits for its delivery. */
export interface WaitingEvent {
  readonly event: WebhookEvent;
  readonly standby: boolean;
}

/** Events in the order in which they happened: one conversation's one after another. */
export interface EventLanes {
  add(waiting: WaitingEvent): void;
  /** Takes events of conversations that have none under way, up to `most`; they are busy then. */
  take(most: number): readonly WaitingEvent[];
  /** The delivery of these came to its end. */
  done(events: readonly WaitingEvent[]): void;
  /** Forgets what waits of a Page. */
  drop(pageId: string): readonly WaitingEvent[];
  /** Something waits whose conversation has nothing under way. */
  readonly hasReady: boolean;
  readonly isEmpty: boolean;
}

export function createEventLanes(): EventLanes {
  const ready = new Map<string, WaitingEvent[]>();
  const behind = new Map<string, WaitingEvent[]>();

  return {
    add(waiting) {
      const lane = laneOf(waiting);
      const list = behind.get(lane) ?? ready.get(lane);
      if (list === undefined) ready.set(lane, [waiting]);
      else list.push(waiting);
    },
    take(most) {
      const taken: WaitingEvent[] = [];
      for (const [lane, list] of ready) {
        if (taken.length === most) break;
        taken.push(...list.splice(0, most - taken.length));
        ready.delete(lane);
        behind.set(lane, list);
      }
      return taken;
    },
    done(events) {
      for (const lane of new Set(events.map(laneOf))) {
        const list = behind.get(lane);
        behind.delete(lane);
        if (list !== undefined && list.length > 0) ready.set(lane, list);
      }
    },
    drop(pageId) {
      const dropped: WaitingEvent[] = [];
      for (const list of [...ready.values(), ...behind.values()]) {
        const kept = list.filter(({ event }) => event.pageId !== pageId);
        if (kept.length === list.length) continue;
        dropped.push(...list.filter(({ event }) => event.pageId === pageId));
        list.splice(0, list.length, ...kept);
      }
      for (const [lane, list] of ready) if (list.length === 0) ready.delete(lane);
      return dropped;
    },
    get hasReady() {
      return ready.size > 0;
    },
    get isEmpty() {
      return ready.size === 0 && behind.size === 0;
    },
  };
}

function laneOf({ event: { pageId, psid = '' } }: WaitingEvent): string {
  return `${pageId}:${psid}`;
}
