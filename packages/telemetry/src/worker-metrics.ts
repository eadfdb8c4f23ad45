import type { Observer } from '@bot/queue';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Logger } from 'pino';
import { eventFields, type EventFields } from './event-fields.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import type { SparingLog } from './sparing-log.ts';

export interface WorkerMetrics {
  /** Counts what happens to events and writes down what went wrong. */
  readonly observer: Observer;
  /** Counts a reply that was not sent. */
  readonly onRefused: (reason: string, conversation: { readonly id: string }) => void;
}

export interface WorkerMetricsOptions {
  readonly registry: Registry;
  readonly log: Logger;
  /** Writes down trouble beside any turn. */
  readonly complain: SparingLog;
  readonly pseudonyms: Pseudonyms;
  /** Turns under way in this process. */
  readonly running: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Meta asks for an answer within 30 seconds. */
const AGES = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600];

export function createWorkerMetrics(options: WorkerMetricsOptions): WorkerMetrics {
  const { registry, log, complain, pseudonyms, running, now } = options;
  const registers = [registry];
  const turns = new Counter({
    name: 'worker_turns_total',
    help: 'Turns that ended, by how.',
    labelNames: ['outcome'],
    registers,
  });
  const age = new Histogram({
    name: 'worker_event_age_seconds',
    help: 'Time from an event to the end of its turn.',
    buckets: AGES,
    registers,
  });
  const replies = new Histogram({
    name: 'worker_reply_seconds',
    help: 'Time from an event to the end of the call that sent a reply to it; Meta asks for 30 seconds.',
    buckets: AGES,
    registers,
  });
  const steps = new Counter({
    name: 'worker_steps_total',
    help: 'Steps that ended, replies among them, by how.',
    labelNames: ['outcome'],
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
  const runningTurns = new Gauge({
    name: 'worker_running_turns',
    help: 'Conversations being handled by this process.',
    registers,
    collect(): void {
      runningTurns.set(running());
    },
  });
  const fieldsOf = (event: Parameters<typeof eventFields>[0]): EventFields =>
    eventFields(event, pseudonyms);

  /** By lane, how long its last reply took: whether it was sent at all is told right after. */
  const took = new Map<string, number>();
  function endReply(lane: string): void {
    const seconds = took.get(lane);
    took.delete(lane);
    if (seconds !== undefined) replies.observe(seconds);
  }

  return {
    onRefused(reason, { id: lane }) {
      refused.inc({ reason });
      took.delete(lane);
    },
    observer: {
      stepped(event, { id, end }) {
        steps.inc({ outcome: end });
        endReply(event.lane);
        const isReply = id.startsWith(`${event.id}/reply-`);
        if (!isReply || end !== 'done') return;
        took.set(event.lane, Math.max(0, now() - event.timestamp) / 1_000);
      },
      handled(event, { attempt, ageMs }) {
        endReply(event.lane);
        turns.inc({ outcome: 'handled' });
        age.observe(Math.max(0, ageMs) / 1_000);
        // Not made for nothing at each turn.
        if (log.isLevelEnabled('debug')) log.debug({ ...fieldsOf(event), attempt }, 'turn ended');
      },
      retried(event, { attempt, delayMs, error }) {
        endReply(event.lane);
        turns.inc({ outcome: 'retried' });
        const reason = reasonOf(error);
        log.warn({ ...fieldsOf(event), attempt, delayMs, reason }, 'turn failed; trying again');
      },
      buried(event, { attempt, error }) {
        endReply(event.lane);
        turns.inc({ outcome: 'buried' });
        const reason = reasonOf(error);
        log.error(
          { ...fieldsOf(event), attempt, reason },
          'event given up on; it is a dead letter now',
        );
      },
      returned(event) {
        endReply(event.lane);
        turns.inc({ outcome: 'returned' });
      },
      fenced(event) {
        endReply(event.lane);
        turns.inc({ outcome: 'fenced' });
        log.warn(fieldsOf(event), 'lease lost; another worker runs the turn again');
      },
      isolated: (lane, lost) =>
        log.warn(
          { lane, lost },
          'attempts ended without a word; the next runs beside fewer others',
        ),
      swept: (lanes) => swept.inc(lanes),
      failed: (error) => complain('queue trouble; trying again', { reason: reasonOf(error) }),
    },
  };
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
