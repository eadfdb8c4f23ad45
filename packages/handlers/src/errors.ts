/** Base of what this package throws; `kind` says which question the error answers. */
export abstract class BotError extends Error {
  abstract readonly kind:
    | 'next-twice'
    | 'reply'
    | 'payload'
    | 'turn-timeout'
    | 'turn-over'
    | 'handler'
    | 'session'
    | 'setup';
}

/** A mistake that every further attempt would make again, so that nobody tries. */
abstract class HopelessError extends BotError {
  readonly retryAfterMs: undefined = undefined;
}

/** A middleware called `next` twice, which would run what comes after it twice. */
export class NextTwiceError extends HopelessError {
  override readonly name = 'NextTwiceError';
  readonly kind = 'next-twice';

  constructor() {
    super('A middleware called next() twice; call it once, and await it.');
  }
}

/** A reply that cannot be sent as it is: over one of Meta's limits, or one too many. */
export class ReplyError extends HopelessError {
  override readonly name = 'ReplyError';
  readonly kind = 'reply';
}

/** A payload that cannot be written: too long, or with data that does not fit. */
export class PayloadError extends HopelessError {
  override readonly name = 'PayloadError';
  readonly kind = 'payload';
}

/** The bot is put together in a way that cannot work; the message says what is missing. */
export class SetupError extends HopelessError {
  override readonly name = 'SetupError';
  readonly kind = 'setup';
}

/** A handler did not end in time; its signal was aborted. The event is tried again. */
export class TurnTimeoutError extends BotError {
  override readonly name = 'TurnTimeoutError';
  readonly kind = 'turn-timeout';

  constructor(limitMs: number) {
    super(
      `It did not end within ${limitMs} ms. Hand turn.signal to whatever it waits for, or raise turnTimeoutMs.`,
    );
  }
}

/** Something was asked of a turn that had ended. */
export class TurnOverError extends HopelessError {
  override readonly name = 'TurnOverError';
  readonly kind = 'turn-over';
  /** What was asked for did not take place. */
  readonly outcome = 'not-executed';

  constructor(what: string) {
    super(`${what} came after the end of its turn. Await everything that a handler starts.`);
  }
}

/**
 * What is kept of a conversation cannot be used now: somebody else changed it meanwhile, or a newer
 * version of the bot wrote it. The event waits and is tried again.
 */
export class SessionError extends BotError {
  override readonly name = 'SessionError';
  readonly kind = 'session';
  readonly retryAfterMs = 5_000;
}
