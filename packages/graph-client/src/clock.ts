/** Ends a timer; harmless when it has already fired. */
export type StopTimer = () => void;

/** Where the client takes its time from. Tests hand in one that they move themselves. */
export interface Clock {
  /** Runs `run` once, after `ms` milliseconds, unless stopped before. */
  after(ms: number, run: () => void): StopTimer;
}

/** The process's own timers. */
export const systemClock: Clock = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};
