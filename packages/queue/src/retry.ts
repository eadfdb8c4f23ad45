import { TurnLostError } from './errors.ts';

/** What to do about an event whose turn failed. */
export type RetryDecision =
  | { readonly kind: 'retry'; readonly delayMs: number; readonly countAttempt: boolean }
  | { readonly kind: 'bury' };

/**
 * Also asked, with a `TurnLostError`, before an event runs whose last attempts ended without a word:
 * its worker died, or lost the lane.
 *
 * @param attempt attempts made at the event, the failed one included; with a `TurnLostError` only the
 *   last ones that ended without a word.
 */
export type RetryPolicy = (error: unknown, attempt: number) => RetryDecision;

/** How often an event is tried, and with which pauses. */
export interface BackoffOptions {
  /** Attempts before an event becomes a dead letter. Default 6. */
  readonly attempts?: number;
  /**
   * Attempts in a row that may end without a word before the event becomes a dead letter. Default 5:
   * such an event runs beside fewer and fewer others, the last two times alone in its process.
   */
  readonly lostAttempts?: number;
  /** Pause after the first failed attempt; doubled after each further one. Default 500 ms. */
  readonly firstDelayMs?: number;
  /** The longest pause. Default 30 s. */
  readonly mostDelayMs?: number;
  /**
   * Failures that are no fault of the event, such as those of a service that is down: they are not
   * counted, and the event is tried again after the longest pause, or after what the error asks for,
   * until it succeeds. Default: none.
   */
  readonly isOutage?: (error: unknown) => boolean;
  /** A number from 0 to 1 that spreads the pauses, so that lanes do not come back in step. */
  readonly random: () => number;
}

/**
 * Pauses that double, each shortened by up to half at random; then the dead letters. An error may
 * say more by a property `retryAfterMs`, as those of `@bot/graph-client` do: `undefined` is a
 * failure that would come again, and the event is buried at once; a number above 0 is how long the
 * other side wants to be left alone, and such an attempt is not counted.
 *
 * @example
 * const retry = backoff({ attempts: 10, random: Math.random });
 */
export function backoff(options: BackoffOptions): RetryPolicy {
  const { attempts = 6, lostAttempts = 5, firstDelayMs = 500, mostDelayMs = 30_000 } = options;
  return (error, attempt) => {
    const asked = askedDelay(error);
    const spread = (pauseMs: number): number => Math.round(pauseMs * (1 - options.random() / 2));
    if (options.isOutage?.(error) === true) {
      const pauseMs = spread(mostDelayMs);
      const delayMs = asked === 'never' ? pauseMs : Math.max(asked, pauseMs);
      return { kind: 'retry', delayMs, countAttempt: false };
    }
    const most = error instanceof TurnLostError ? lostAttempts : attempts;
    if (attempt >= most || asked === 'never') return { kind: 'bury' };
    const whole = Math.min(firstDelayMs * 2 ** (attempt - 1), mostDelayMs);
    const delayMs = Math.max(asked, spread(whole));
    return { kind: 'retry', delayMs, countAttempt: asked === 0 };
  };
}

function askedDelay(error: unknown): number | 'never' {
  if (!(error instanceof Error) || !('retryAfterMs' in error)) return 0;
  const { retryAfterMs } = error;
  return typeof retryAfterMs === 'number' && retryAfterMs >= 0 ? retryAfterMs : 'never';
}
