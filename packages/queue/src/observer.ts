import type { QueueEvent } from './events.ts';

/** Told of what happens to events; for metrics, logs and tracing. It must not throw. */
export interface Observer {
  /** A turn ended well. `ageMs`: from the event's own timestamp to now. */
  handled?(event: QueueEvent, turn: { attempt: number; ageMs: number }): void;
  /** A turn failed and will be run again. */
  retried?(event: QueueEvent, turn: { attempt: number; delayMs: number; error: unknown }): void;
  /** An event was given up on. */
  buried?(event: QueueEvent, turn: { attempt: number; error: unknown }): void;
  /** The lease was lost before the turn ended; another worker runs it again. */
  fenced?(event: QueueEvent): void;
  /** Lanes that nobody touched in time were woken again. */
  swept?(lanes: number): void;
  /** Something went wrong beside any turn, for example Redis is away; it is tried again. */
  failed?(error: unknown): void;
}
