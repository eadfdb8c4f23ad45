import type { Clock } from './clock.ts';
import { TurnTimeoutError } from './errors.ts';

/**
 * Runs what should end in time, and aborts its signal when it does not. It is not waited for then:
 * a handler that does not heed the signal would hold its conversation for ever.
 *
 * @throws {TurnTimeoutError}
 */
export async function withinTime<Result>(
  options: { readonly limitMs: number; readonly clock: Clock; readonly stop: AbortController },
  run: () => Promise<Result>,
): Promise<Result> {
  const { limitMs, clock, stop } = options;
  const { promise: limit, reject } = Promise.withResolvers<never>();
  const cancel = clock.after(limitMs, () => {
    const error = new TurnTimeoutError(limitMs);
    stop.abort(error);
    reject(error);
  });
  try {
    return await Promise.race([run(), limit]);
  } finally {
    cancel();
  }
}
