import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds since this process started; never runs backwards. */
export function elapsedMs(): number {
  return performance.now();
}

/**
 * Waits.
 *
 * @throws the signal's reason when it aborts first.
 */
export async function delay(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/**
 * Asks again and again until the answer is yes; true when it was yes within the time.
 *
 * @throws the signal's reason when it aborts first.
 */
export async function poll(
  ask: () => boolean | Promise<boolean>,
  options: { timeoutMs: number; everyMs: number; signal?: AbortSignal | undefined },
): Promise<boolean> {
  const deadline = elapsedMs() + options.timeoutMs;
  for (;;) {
    options.signal?.throwIfAborted();
    if (await ask()) return true;
    if (elapsedMs() >= deadline) return false;
    await delay(options.everyMs, options.signal);
  }
}
