import type { QueueEvent } from './events.ts';
import type { StepEnd, StepInfo } from './steps.ts';

/** Told of what happens to events; for metrics, logs and tracing. It must not throw. */
export interface Observer {
  /**
   * A turn begins; exactly one of `handled`, `retried`, `buried`, `returned` and `fenced` follows, or
   * `failed` when Redis does not answer at its end.
   */
  started?(event: QueueEvent, turn: { attempt: number }): void;
  /** A step of the turn under way ended. */
  stepped?(event: QueueEvent, step: StepInfo & { end: StepEnd }): void;
  /** A turn ended well. `ageMs`: from the event's own timestamp to now. */
  handled?(event: QueueEvent, turn: { attempt: number; ageMs: number }): void;
  /** A turn failed and will be run again. */
  retried?(event: QueueEvent, turn: { attempt: number; delayMs: number; error: unknown }): void;
  /** An event was given up on; without a turn when earlier attempts ended without a word. */
  buried?(event: QueueEvent, turn: { attempt: number; error: unknown }): void;
  /** The worker closed before the turn ended; another worker runs it again. */
  returned?(event: QueueEvent, turn: { attempt: number }): void;
  /** The lease was lost before the turn ended; another worker runs it again. */
  fenced?(event: QueueEvent): void;
  /** An event whose last attempts ended without a word waits until it can run beside fewer others. */
  isolated?(lane: string, lost: number): void;
  /** Lanes that nobody touched in time were woken again. */
  swept?(lanes: number): void;
  /** Something went wrong beside any turn, for example Redis is away; it is tried again. */
  failed?(error: unknown): void;
}
