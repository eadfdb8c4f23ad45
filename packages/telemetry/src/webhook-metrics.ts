import { Counter, Histogram, type Registry } from 'prom-client';

/** What became of a delivery. */
export interface DeliveryFigures {
  readonly status: number;
  /** Of a delivery that was taken. */
  readonly events?: readonly { readonly type: string; readonly outcome: string }[];
  /** Why a signed delivery could not be read. */
  readonly malformed?: string;
}

/** Why no delivery is taken for now. */
export type Overload = 'queue' | 'redis' | 'event-loop' | 'memory' | 'large-bodies';

export interface WebhookMetrics {
  delivered(delivery: DeliveryFigures, seconds: number): void;
  /** A delivery, or a wish to be forgotten, was answered with 503. */
  refused(reason: Overload): void;
}

export function createWebhookMetrics(registry: Registry): WebhookMetrics {
  const registers = [registry];
  const deliveries = new Histogram({
    name: 'webhook_delivery_seconds',
    help: 'Time from the last byte of a delivery to its answer.',
    labelNames: ['status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const events = new Counter({
    name: 'webhook_events_total',
    help: 'Events taken, by type and by whether they were new.',
    labelNames: ['type', 'outcome'],
    registers,
  });
  const malformed = new Counter({
    name: 'webhook_malformed_deliveries_total',
    help: 'Signed deliveries that could not be read.',
    registers,
  });
  const wrongSignatures = new Counter({
    name: 'webhook_wrong_signatures_total',
    help: 'Requests without a signature of this app.',
    registers,
  });
  const refused = new Counter({
    name: 'webhook_refused_deliveries_total',
    help: 'Deliveries, and wishes to be forgotten, answered with 503, by what was overloaded or away.',
    labelNames: ['reason'],
    registers,
  });

  return {
    delivered(delivery, seconds) {
      const { status } = delivery;
      deliveries.observe({ status }, seconds);
      if (status === 401) wrongSignatures.inc();
      if (delivery.malformed !== undefined) malformed.inc();
      for (const { type, outcome } of delivery.events ?? []) events.inc({ type, outcome });
    },
    refused: (reason) => refused.inc({ reason }),
  };
}
