import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { Outcome } from './deliveries.ts';

export interface Metrics {
  readonly registry: Registry;
  delivered(outcome: Outcome, seconds: number): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
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

  return {
    registry,
    delivered(outcome, seconds) {
      deliveries.observe({ status: outcome.status }, seconds);
      if ('malformed' in outcome) malformed.inc();
      if ('events' in outcome) for (const event of outcome.events) events.inc({ ...event });
    },
  };
}
