/** What the history knows of time; handed in, so that tests can move it. `@bot/queue`'s clock fits. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Runs `run` once, after `ms`, unless what it answers is called before. */
  after(ms: number, run: () => void): () => void;
}
