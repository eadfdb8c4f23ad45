import { backoffMs } from './backoff.ts';
import { classify } from '../classify.ts';
import type { Classification } from '../classification.ts';
import { pause } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Middleware, OutgoingCall } from './middleware.ts';

/** When a failed call is made again. */
export interface RetryOptions {
  /** Most attempts of one call, the first included. Default 3. */
  readonly attempts?: number | undefined;
  /** Wait before the second attempt, in milliseconds; doubles with each. Default 200. */
  readonly firstDelayMs?: number | undefined;
  /** Longest wait, in milliseconds. Default 5,000. */
  readonly longestDelayMs?: number | undefined;
}

const defaults = {
  attempts: 3,
  firstDelayMs: 200,
  longestDelayMs: 5_000,
} as const satisfies Required<RetryOptions>;

/**
 * Repeats a call that is surely not carried out, or that changes nothing (`GET`), when it may
 * succeed before the deadline. A `POST` or `DELETE` whose outcome is unknown is never repeated:
 * the Send API has no idempotency key.
 */
export function retry(
  options: RetryOptions & { readonly clock: Clock; readonly random: () => number },
): Middleware {
  const { clock, random } = options;
  const attempts = options.attempts ?? defaults.attempts;
  const delays = {
    firstMs: options.firstDelayMs ?? defaults.firstDelayMs,
    longestMs: options.longestDelayMs ?? defaults.longestDelayMs,
  };

  return async (call, next) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await next();
      } catch (error) {
        const { retryAfterMs, ...failure } = classify(error);
        if (attempt >= attempts || retryAfterMs === undefined || !isSafe(call, failure)) {
          throw error;
        }
        const waitMs = Math.max(retryAfterMs, backoffMs(attempt, delays, random));
        if (clock.now() + waitMs >= call.deadline || call.signal.aborted) {
          throw error;
        }
        await untilOrThrow(clock, waitMs, call.signal, error);
      }
    }
  };
}

function isSafe({ method }: OutgoingCall, { outcome }: Pick<Classification, 'outcome'>): boolean {
  return outcome === 'not-executed' || (method === 'GET' && outcome === 'unknown');
}

/** A caller that gives up while waiting learns why the call failed, which says more. */
async function untilOrThrow(
  clock: Clock,
  ms: number,
  signal: AbortSignal,
  error: unknown,
): Promise<void> {
  try {
    await pause(clock, ms, signal);
  } catch {
    throw error;
  }
}
