import type { QueueFigures } from '@bot/queue';
import { Gauge, type Registry } from 'prom-client';

/** What stands in the queue, the same at each process that says it; asked for at each scrape. */
export function addQueueMetrics(registry: Registry, figures: () => Promise<QueueFigures>): void {
  let asked: Promise<QueueFigures> | undefined;
  /** Once for all gauges of a scrape. */
  const ask = (): Promise<QueueFigures> => (asked ??= figures().finally(() => (asked = undefined)));
  const gauge = (name: string, help: string, of: (known: QueueFigures) => number): void => {
    const collect = async (): Promise<void> => own.set(of(await ask()));
    const own = new Gauge({ name, help, registers: [registry], collect });
  };
  gauge(
    'queue_waiting_lanes',
    'Conversations with events that wait or are being handled, in all of the queue.',
    (known) => known.waitingLanes,
  );
  gauge(
    'queue_oldest_age_seconds',
    'For how long the conversation that waits longest has been ready for a worker.',
    (known) => known.oldestAgeMs / 1_000,
  );
  gauge('queue_waiting_events', 'Events in conversations.', (known) => known.waitingEvents);
  gauge('queue_delayed_events', 'Events not due yet.', (known) => known.delayedEvents);
  gauge('queue_dead_letters', 'Events given up on.', (known) => known.deadLetters);
}
