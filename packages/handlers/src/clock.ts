/** Time, as a turn knows it; handed in, so that tests can move it. `@bot/queue`'s clock fits. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `run` once, after `ms`, unless what it answers is called before. */
  after(ms: number, run: () => void): () => void;
}
