import { InputError } from './errors.ts';
import { STEP } from './step-state.ts';

/** Something that happened, to be handled once, in its lane's order. */
export interface QueueEvent {
  /** Identity for ever: an id that was accepted before is a duplicate. 1 to 512 characters. */
  readonly id: string;
  /** What keeps order and never overlaps, e.g. one conversation. 1 to 256 characters. */
  readonly lane: string;
  /** When it happened, in ms since 1970; a late event is put at its place among those waiting. */
  readonly timestamp: number;
  /** Anything that survives JSON. */
  readonly data: unknown;
  /**
   * What the event is part of, for logs and traces; the queue only hands it on. A W3C `traceparent`
   * for example. Up to 256 characters.
   *
   * @see https://www.w3.org/TR/trace-context/#traceparent-header
   */
  readonly trace?: string | undefined;
}

const TRACE = 'trace';

/**
 * An event as it stands in a lane: `<timestamp> <id length> <id><data as JSON>`, and on a line of
 * its own, as JSON, what it is part of: `["trace", "<trace>"]`.
 */
export function encodeEvent({ timestamp, id, data, trace }: QueueEvent): string {
  const entry = `${timestamp} ${id.length} ${id}${JSON.stringify(data) ?? 'null'}`;
  return trace === undefined ? entry : `${entry}\n${JSON.stringify([TRACE, trace])}`;
}

/** An entry read back. */
export interface Entry {
  readonly event: QueueEvent;
  /** What is known of its steps from before it was a dead letter, by step name. */
  readonly steps: ReadonlyMap<string, string>;
}

/**
 * Behind an event that was a dead letter stands what is known of its steps too, each on a line of its
 * own: `["step:<name>", "<state>"]`, the latest last.
 */
export function decodeEntry(lane: string, entry: string): Entry {
  const first = entry.indexOf(' ');
  const second = entry.indexOf(' ', first + 1);
  const end = second + 1 + Number(entry.slice(first + 1, second));
  const [data = '', ...lines] = entry.slice(end).split('\n');
  const more = lines.map((line) => JSON.parse(line) as [string, string]);
  const trace = more.find(([field]) => field === TRACE)?.[1];
  const steps = more.filter(([field]) => field.startsWith(STEP));
  return {
    event: {
      id: entry.slice(second + 1, end),
      lane,
      timestamp: Number(entry.slice(0, first)),
      data: JSON.parse(data) as unknown,
      ...(trace !== undefined && { trace }),
    },
    steps: new Map(steps.map(([field, state]) => [field.slice(STEP.length), state])),
  };
}

/** @throws {InputError} naming the field and the rule; never the data. */
export function assertEvent(event: QueueEvent): void {
  assertLength('id', event.id, 512);
  assertLength('lane', event.lane, 256);
  if (event.trace !== undefined) assertLength('trace', event.trace, 256);
  if (!Number.isSafeInteger(event.timestamp)) {
    throw new InputError(
      `timestamp of event ${event.id} must be whole milliseconds, got ${event.timestamp}.`,
    );
  }
}

/** A year: longer pauses are rather a mistake in the unit. */
const MOST_DELAY_MS = 366 * 24 * 60 * 60 * 1_000;

/** @throws {InputError} naming the rule and the value. */
export function assertDelay(delayMs: number): void {
  if (!(delayMs >= 0 && delayMs <= MOST_DELAY_MS)) {
    throw new InputError(`delayMs must be from 0 to a year, ${MOST_DELAY_MS}, got ${delayMs}.`);
  }
}

/** @throws {InputError} naming the field and the rule. */
export function assertLength(field: string, value: string, most: number): void {
  if (value.length < 1 || value.length > most) {
    throw new InputError(`${field} must have 1 to ${most} characters, got ${value.length}.`);
  }
}
