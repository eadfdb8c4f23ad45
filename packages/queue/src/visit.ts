import type { Clock } from './clock.ts';
import type { Failure } from './dead-letters.ts';
import { LeaseLostError, TurnLostError } from './errors.ts';
import type { QueueEvent } from './events.ts';
import type { Finished, Grant, Lanes, Retry } from './lanes.ts';
import { Lease } from './lease.ts';
import type { Leases } from './leases.ts';
import type { Observer } from './observer.ts';
import type { RetryPolicy } from './retry.ts';
import { createSteps, pendingMs, type StepOptions, type Steps } from './steps.ts';
import { assertWhole } from './whole-number.ts';

/** What a turn is given beside its event. */
export interface Turn extends Steps {
  /** Which attempt at this event it is; the first is 1. */
  readonly attempt: number;
  /** Whether the event would become a dead letter if its turn failed like this. */
  readonly givesUp: (error: unknown) => boolean;
  /** Aborts when the lane is lost or the worker must stop; pass it to everything that waits. */
  readonly signal: AbortSignal;
  /**
   * Looks at the events that wait behind this one in its lane, oldest first, and changes nothing:
   * each of them has a turn of its own later. More may have come when the turn runs again; what must
   * not change then is kept by a step.
   *
   * @param most How many are answered, 1 to 1,000. Default 100.
   * @throws {InputError} when `most` is anything else.
   *
   * @example
   * const isLastWord = (await turn.waiting(1)).length === 0;
   */
  readonly waiting: (most?: number) => Promise<readonly QueueEvent[]>;
}

/** Runs one turn: it resolves when the event is handled, and rejects to have it tried again. */
export type Handle = (event: QueueEvent, turn: Turn) => Promise<void>;

export interface VisitOptions {
  readonly lanes: Lanes;
  readonly wake: (lanes: readonly string[], delayMs?: number) => Promise<void>;
  readonly leases: Leases;
  readonly handle: Handle;
  readonly retry: RetryPolicy;
  readonly steps: StepOptions;
  readonly clock: Clock;
  readonly observer: Observer;
  readonly leaseMs: number;
  /** Turns and time after which a lane is given back, so that a busy one starves nobody. */
  readonly mostTurns: number;
  readonly mostMs: number;
  /** Aborted once running turns were stopped. */
  readonly signal: AbortSignal;
  /** True when no further turn should begin. */
  readonly closing: () => boolean;
}

/** Runs the turns of a granted lane, one after another, until it is empty or given back. */
export async function visitLane(
  first: Grant,
  askedAt: number,
  options: VisitOptions,
): Promise<void> {
  const { lanes, clock, leases, observer } = options;
  const { lane } = first.head;
  const lease = new Lease(clock, lane, options.leaseMs, askedAt);
  const endBy = clock.monotonic() + options.mostMs;
  // A suspect holds many slots, which the lane's other events do not need.
  const mostTurns = first.lost > 1 ? 1 : options.mostTurns;
  let grant: Grant | undefined = first;
  leases.add(lease, first);
  if (options.signal.aborted) lease.stop(options.signal.reason);
  try {
    for (let turns = 1; grant; turns += 1) {
      // Asked when the turn has ended: the worker may have been closed meanwhile.
      const isLast = (): boolean =>
        turns >= mostTurns || clock.monotonic() >= endBy || options.closing();
      const finished: Finished | undefined = await runTurn(grant, lease, isLast);
      if (finished?.kind === 'released') await options.wake([lane]);
      grant = finished?.kind === 'next' ? finished.grant : undefined;
    }
  } finally {
    leases.delete(lease);
  }

  /** One turn and what it leaves behind; answers nothing when the event is not finished. */
  async function runTurn(
    current: Grant,
    held: Lease,
    isLast: () => boolean,
  ): Promise<Finished | undefined> {
    const { head, attempt } = current;
    const next = (): 'take' | 'release' => (isLast() ? 'release' : 'take');
    const bury = async (error: unknown): Promise<Finished> => {
      const deadLetter = `[${[...current.failures, describe(error, attempt)].join(',')}]`;
      const finished = await lanes.finish({ grant: current, deadLetter, next: next() });
      if (finished.kind === 'fenced') observer.fenced?.(head);
      else observer.buried?.(head, { attempt, error });
      return finished;
    };
    const lostBefore = current.lost - 1;
    if (lostBefore > 0) {
      // A failure that was seen has been decided on; one that killed the worker has not.
      const lost = new TurnLostError(head.id, lostBefore);
      if (options.retry(lost, lostBefore).kind === 'bury') return bury(lost);
    }
    const pending = pendingMs(current, options.steps);
    if (pending > 0) {
      await giveBack(current, { delayMs: pending, countAttempt: false, ran: false });
      return undefined;
    }
    observer.started?.(head, { attempt });
    let isOver = false;
    try {
      held.assertHeld();
      const { signal } = held;
      const ended: Parameters<typeof createSteps>[4] = (step) => observer.stepped?.(head, step);
      await options.handle(head, {
        attempt,
        givesUp: (error) => options.retry(error, attempt).kind === 'bury',
        signal,
        async waiting(most = 100) {
          assertWhole('most', most, 1, 1_000);
          return lanes.events(lane, 1, most);
        },
        ...createSteps(lanes, current, held, options.steps, ended, () => isOver),
      });
      isOver = true;
    } catch (error) {
      isOver = true;
      // Whoever stops a turn has decided about its event; it is not the event's failure.
      const stopped = { delayMs: 0, countAttempt: false, ran: true };
      if (error instanceof LeaseLostError || held.isLost) {
        observer.fenced?.(head);
        // While nobody else has taken the lane, it need not wait for the end of its lease.
        await giveBack(current, stopped);
        return undefined;
      }
      if (options.signal.aborted) {
        observer.returned?.(head, { attempt });
        await giveBack(current, stopped);
        return undefined;
      }
      const decision = options.retry(error, attempt);
      if (decision.kind === 'bury') return bury(error);
      const { delayMs, countAttempt } = decision;
      const failure = describe(error, attempt);
      const given = await giveBack(current, { delayMs, countAttempt, ran: true, failure });
      if (given) observer.retried?.(head, { attempt, delayMs, error });
      else observer.fenced?.(head);
      return undefined;
    }
    const finished = await lanes.finish({ grant: current, next: next() });
    if (finished.kind === 'fenced') observer.fenced?.(head);
    else observer.handled?.(head, { attempt, ageMs: clock.now() - head.timestamp });
    return finished;
  }

  /** Answers false when the lane was in other hands already. */
  async function giveBack(current: Grant, how: Omit<Retry, 'grant'>): Promise<boolean> {
    const given = await lanes.retry({ grant: current, ...how });
    if (given) await options.wake([lane], how.delayMs);
    return given;
  }
}

/** A failure as it is kept with the event, as JSON. */
function describe(error: unknown, attempt: number): string {
  const { name, message } =
    error instanceof Error ? error : { name: 'Error', message: String(error) };
  return JSON.stringify({ attempt, name, message } satisfies Failure);
}
