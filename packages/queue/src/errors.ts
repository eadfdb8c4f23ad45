/** Base of what this package throws; `kind` says which question the error answers. */
export abstract class QueueError extends Error {
  abstract readonly kind:
    | 'input'
    | 'unavailable'
    | 'overloaded'
    | 'lease-lost'
    | 'turn-lost'
    | 'step-unknown'
    | 'closed';
}

/** An event that cannot be put into a lane; the message names the field, the rule and the value's size. */
export class InputError extends QueueError {
  override readonly name = 'InputError';
  readonly kind = 'input';
}

/** Redis did not take the events; they may be added again, duplicates are recognised. */
export class UnavailableError extends QueueError {
  override readonly name = 'UnavailableError';
  readonly kind = 'unavailable';
}

/** The queue holds as much as it may; nothing was added. */
export class OverloadedError extends QueueError {
  override readonly name = 'OverloadedError';
  readonly kind = 'overloaded';
  /** When it is worth trying again, in ms. */
  readonly retryAfterMs = 5_000;

  constructor(reason: string) {
    super(`The queue takes no events for now: ${reason}. Add them again later.`);
  }
}

/** The lane is in other hands now; whatever this turn still wants to do must not happen. */
export class LeaseLostError extends QueueError {
  override readonly name = 'LeaseLostError';
  readonly kind = 'lease-lost';

  constructor(lane: string) {
    super(`The lease on lane ${lane} is lost; another worker takes its events. Nothing to do.`);
  }
}

/** Earlier attempts at an event ended without a word: it may be what kills its workers. */
export class TurnLostError extends QueueError {
  override readonly name = 'TurnLostError';
  readonly kind = 'turn-lost';

  constructor(id: string, attempts: number) {
    super(
      `${attempts} attempt(s) at event ${id} ended without a result: the worker died or lost the lane. Look into its logs before replaying the event.`,
    );
  }
}

/** Nobody knows whether an earlier attempt carried a step out, and the policy is not to repeat it. */
export class StepUnknownError extends QueueError {
  override readonly name = 'StepUnknownError';
  readonly kind = 'step-unknown';
  /** Trying again would end in the same way. */
  readonly retryAfterMs: undefined = undefined;

  constructor(stepId: string) {
    super(
      `Step ${stepId} was begun by an earlier attempt and no confirmation came. See whether its effect is there before replaying the event.`,
    );
  }
}

/** The queue or worker was closed. */
export class ClosedError extends QueueError {
  override readonly name = 'ClosedError';
  readonly kind = 'closed';
}
