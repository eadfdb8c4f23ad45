import type { Changes } from './changes.ts';
import type { Alert, Delivery, DeliveryAttempt, GraphCall } from './state.ts';

type OpenDelivery = { -readonly [K in keyof Delivery]: Delivery[K] } & {
  attempts: DeliveryAttempt[];
};

/** What went out and what came in over HTTP, the newest last. */
export interface Records {
  readonly calls: readonly GraphCall[];
  readonly deliveries: readonly Delivery[];
  readonly alerts: readonly Alert[];
  addCall(call: GraphCall): void;
  addDelivery(start: Omit<Delivery, 'attempts' | 'done' | 'accepted'>): Delivery;
  /** Notes an attempt of a delivery made by `addDelivery`; `final` when none will follow. */
  addAttempt(delivery: Delivery, attempt: DeliveryAttempt, final: boolean): void;
  /** No further attempt: its Page is not subscribed any more. */
  giveUp(delivery: Delivery): void;
  addAlert(alert: Alert): void;
}

/** @param history How many of each are kept. */
export function createRecords(changes: Changes, history: number): Records {
  const calls: GraphCall[] = [];
  const deliveries: OpenDelivery[] = [];
  const alerts: Alert[] = [];

  /** In strides, since cutting off one by one would move all the others each time. */
  function add<Item>(list: Item[], item: Item): void {
    list.push(item);
    if (list.length > history * 2 + 100) list.splice(0, list.length - history);
  }

  return {
    calls,
    deliveries,
    alerts,
    addCall(call) {
      add(calls, call);
      changes.tell({ kind: 'call', call });
    },
    addDelivery(start) {
      const delivery: OpenDelivery = { ...start, attempts: [], done: false, accepted: false };
      add(deliveries, delivery);
      changes.tell({ kind: 'delivery', delivery });
      return delivery;
    },
    addAttempt(delivery, attempt, final) {
      const open = delivery as OpenDelivery;
      open.attempts.push(attempt);
      open.accepted ||= attempt.status === 200;
      open.done = open.accepted || final;
      changes.tell({ kind: 'delivery', delivery });
    },
    giveUp(delivery) {
      (delivery as OpenDelivery).done = true;
      changes.tell({ kind: 'delivery', delivery });
    },
    addAlert(alert) {
      add(alerts, alert);
      changes.tell({ kind: 'alert', alert });
    },
  };
}
