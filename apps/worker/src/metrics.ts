import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { TurnPorts } from '@bot/handlers';
import type { Observer, Queue, QueueFigures } from '@bot/queue';
import type { Logger } from 'pino';

export interface Metrics {
  readonly registry: Registry;
  /** Counts what happens to events and writes down what went wrong. */
  readonly observer: Observer;
  /** Counts replies that were not sent, and why. */
  readonly onRefused: NonNullable<TurnPorts['onRefused']>;
}

export function createMetrics(options: {
  readonly log: Logger;
  readonly running: () => number;
  readonly figures: Queue['figures'];
}): Metrics {
  const { log, running, figures } = options;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const turns = new Counter({
    name: 'worker_turns_total',
    help: 'Turns that ended, by how.',
    labelNames: ['outcome'],
    registers,
  });
  const age = new Histogram({
    name: 'worker_event_age_seconds',
    help: 'Time from an event to the end of its turn; Meta asks for an answer within 30 seconds.',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    registers,
  });
  const refused = new Counter({
    name: 'worker_refused_replies_total',
    help: 'Replies that were not sent: the window is closed, a human answers, the person is gone.',
    labelNames: ['reason'],
    registers,
  });
  const swept = new Counter({
    name: 'worker_swept_lanes_total',
    help: 'Lanes that nobody touched in time and that were woken again.',
    registers,
  });
  const gauge = (name: string, help: string, read: () => number | Promise<number>): void => {
    const collect = async (): Promise<void> => own.set(await read());
    const own = new Gauge({ name, help, registers, collect });
  };
  let asked: ReturnType<Queue['figures']> | undefined;
  /** Asked once for all gauges of a scrape. */
  const queue = (): ReturnType<Queue['figures']> =>
    (asked ??= figures().finally(() => (asked = undefined)));
  const held = (figure: keyof QueueFigures) => async (): Promise<number> => (await queue())[figure];
  gauge('worker_running_turns', 'Conversations being handled by this process.', running);
  gauge(
    'queue_waiting_lanes',
    'Conversations with events that wait or are being handled, in all of the queue.',
    held('waitingLanes'),
  );
  gauge(
    'queue_oldest_age_seconds',
    'For how long the conversation that waits longest has been ready for a worker.',
    async () => (await queue()).oldestAgeMs / 1_000,
  );
  gauge('queue_waiting_events', 'Events in conversations.', held('waitingEvents'));
  gauge('queue_delayed_events', 'Events not due yet.', held('delayedEvents'));
  gauge('queue_dead_letters', 'Events given up on.', held('deadLetters'));

  return {
    registry,
    onRefused: (reason) => refused.inc({ reason }),
    observer: {
      handled(_event, turn) {
        turns.inc({ outcome: 'handled' });
        age.observe(Math.max(0, turn.ageMs) / 1_000);
      },
      retried({ id, lane }, { attempt, delayMs, error }) {
        turns.inc({ outcome: 'retried' });
        log.warn(
          { id, lane, attempt, delayMs, reason: reasonOf(error) },
          'turn failed; trying again',
        );
      },
      buried({ id, lane }, { attempt, error }) {
        turns.inc({ outcome: 'buried' });
        log.error(
          { id, lane, attempt, reason: reasonOf(error) },
          'event given up on; it is a dead letter now',
        );
      },
      fenced({ id, lane }) {
        turns.inc({ outcome: 'fenced' });
        log.warn({ id, lane }, 'lease lost; another worker runs the turn again');
      },
      isolated: (lane, lost) =>
        log.warn(
          { lane, lost },
          'attempts ended without a word; the next runs beside fewer others',
        ),
      swept: (lanes) => swept.inc(lanes),
      failed: (error) => log.error({ reason: reasonOf(error) }, 'queue trouble; trying again'),
    },
  };
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
