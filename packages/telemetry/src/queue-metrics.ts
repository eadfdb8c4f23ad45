import { systemClock, type Clock, type QueueFigures } from '@bot/queue';
import type { Registry } from 'prom-client';
import { askedGauges } from './asked-gauges.ts';

/** What stands in the queue, the same at each process that says it. */
export function addQueueMetrics(
  registry: Registry,
  figures: () => Promise<QueueFigures>,
  clock: Clock = systemClock,
): void {
  const gauge = askedGauges(registry, figures, clock);
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
