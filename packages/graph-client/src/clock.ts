/** Ends a timer; harmless when it has already fired. */
export type StopTimer = () => void;

/** Where the client takes its time from. Tests hand in one that they move themselves. */
export interface Clock {
  /**
   * Milliseconds since 1970, never going back: when the machine's clock is set, this one must not
   * follow, or calls would wait for a time that has passed.
   */
  now(): number;
  /** Runs `run` once, after `ms` milliseconds, unless stopped before. */
  after(ms: number, run: () => void): StopTimer;
}

/** The process's own clock and timers. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Resolves after `ms` milliseconds, or rejects with the signal's reason as soon as it aborts. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  if (signal.aborted) {
    reject(signal.reason);
    return promise;
  }
  const onAbort = (): void => {
    stop();
    reject(signal.reason);
  };
  const stop = clock.after(ms, () => {
    signal.removeEventListener('abort', onAbort);
    resolve();
  });
  signal.addEventListener('abort', onAbort, { once: true });
  return promise;
}
