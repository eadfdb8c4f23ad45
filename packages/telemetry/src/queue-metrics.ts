import { systemClock, type Clock, type QueueFigures } from '@bot/queue';
import { Gauge, type Registry } from 'prom-client';

/** How long a scrape waits for Redis; a scraper's own patience is 10 s. */
const PATIENCE_MS = 2_000;

/**
 * What stands in the queue, the same at each process that says it; asked for at each scrape. While
 * Redis is away it is NaN, and what else the process says of itself is there.
 */
export function addQueueMetrics(
  registry: Registry,
  figures: () => Promise<QueueFigures>,
  clock: Clock = systemClock,
): void {
  let asked: Promise<QueueFigures | undefined> | undefined;
  /** Once for all gauges of a scrape, and of those that come before there is an answer. */
  const ask = (): Promise<QueueFigures | undefined> =>
    (asked ??= figures()
      .catch(() => undefined)
      .finally(() => (asked = undefined)));

  async function askInTime(): Promise<QueueFigures | undefined> {
    const answered = new AbortController();
    const late = clock.wait(PATIENCE_MS, answered.signal).then(() => undefined);
    const known = await Promise.race([ask(), late]);
    answered.abort();
    return known;
  }

  const gauge = (name: string, help: string, of: (known: QueueFigures) => number): void => {
    const collect = async (): Promise<void> => {
      const known = await askInTime();
      own.set(known === undefined ? Number.NaN : of(known));
    };
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
