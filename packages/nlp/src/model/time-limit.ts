import type { Clock } from '@bot/handlers';
import { ModelFailure } from './failure.ts';

/**
 * Runs what must end in time, and lets go of it when it does not: a provider or a database that
 * heeds no signal must not hold a turn.
 *
 * @throws {ModelFailure} `timeout`, or `aborted` when the caller's signal ends it.
 */
export async function withinTime<Result>(
  options: { readonly clock: Clock; readonly limitMs: number; readonly signal: AbortSignal },
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const { clock, limitMs, signal } = options;
  const stop = new AbortController();
  const { promise: over, reject } = Promise.withResolvers<never>();
  const end = (failure: ModelFailure): void => {
    stop.abort(failure);
    reject(failure);
  };
  const onAbort = (): void => end(endOf(signal));
  if (signal.aborted) throw endOf(signal);
  const cancel = clock.after(limitMs, () => end(new ModelFailure('timeout')));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([run(stop.signal), over]);
  } finally {
    cancel();
    signal.removeEventListener('abort', onAbort);
  }
}

/** A limit around another one ends it for its own reason. */
function endOf({ reason }: AbortSignal): ModelFailure {
  return reason instanceof ModelFailure ? reason : new ModelFailure('aborted');
}

/** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
export async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const cancel = clock.after(ms, () => resolve(undefined));
  signal.addEventListener('abort', resolve);
  if (!signal.aborted) await promise;
  cancel();
  signal.removeEventListener('abort', resolve);
  signal.throwIfAborted();
}
