import type { Clock } from './clock.ts';
import { TurnTimeoutError } from './errors.ts';

/**
 * Runs what should end in time, and aborts its signal when it does not. It is not waited for then:
 * a handler that does not heed the signal would hold its conversation for ever.
 *
 * @throws {TurnTimeoutError}
 */
export async function withinTime<Result>(
  options: {
    readonly limitMs: number;
    readonly clock: Clock;
    /** Aborts when the turn has ended. */
    readonly ended: AbortSignal;
    readonly stop: AbortController;
  },
  run: () => Promise<Result>,
): Promise<Result> {
  const { limitMs, clock, ended, stop } = options;
  const limit = clock.wait(limitMs, ended).then(() => {
    if (ended.aborted) return new Promise<never>(() => {});
    const error = new TurnTimeoutError(limitMs);
    stop.abort(error);
    throw error;
  });
  return Promise.race([run(), limit]);
}
