/** What to do about an event whose turn failed. */
export type RetryDecision =
  | { readonly kind: 'retry'; readonly delayMs: number; readonly countAttempt: boolean }
  | { readonly kind: 'bury' };

/**
 * Also asked, with a `TurnLostError`, before an event runs whose earlier attempts ended
 * without a word.
 *
 * @param attempt attempts made at the event, the failed one included.
 */
export type RetryPolicy = (error: unknown, attempt: number) => RetryDecision;

/** How often an event is tried, and with which pauses. */
export interface BackoffOptions {
  /** Attempts before an event becomes a dead letter. Default 6. */
  readonly attempts?: number;
  /** Pause after the first failed attempt; doubled after each further one. Default 500 ms. */
  readonly firstDelayMs?: number;
  /** The longest pause. Default 30 s. */
  readonly mostDelayMs?: number;
  /** A number from 0 to 1 that spreads the pauses, so that lanes do not come back in step. */
  readonly random: () => number;
}

/**
 * Pauses that double, each shortened by up to half at random; then the dead letters. An error may
 * say more: with `retry: 'never'` the event is buried at once.
 */
export function backoff(options: BackoffOptions): RetryPolicy {
  const { attempts = 6, firstDelayMs = 500, mostDelayMs = 30_000, random } = options;
  return (error, attempt) => {
    if (attempt >= attempts || isHopeless(error)) return { kind: 'bury' };
    const whole = Math.min(firstDelayMs * 2 ** (attempt - 1), mostDelayMs);
    return { kind: 'retry', delayMs: Math.round(whole * (1 - random() / 2)), countAttempt: true };
  };
}

function isHopeless(error: unknown): boolean {
  return error instanceof Error && 'retry' in error && error.retry === 'never';
}
