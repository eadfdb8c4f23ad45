/** What the queue knows of time; handed in, so that tests can move it. */
export interface Clock {
  /** Milliseconds that only ever grow, for deadlines within this process. */
  monotonic(): number;
  /** Milliseconds since 1970, for timestamps that people read. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Runs `run` once, after `ms`, unless what it answers is called before. */
  after(ms: number, run: () => void): () => void;
}

/** The process's own clocks and timers. */
export const systemClock: Clock = {
  monotonic: () => performance.now(),
  now: () => Date.now(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
    }),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
