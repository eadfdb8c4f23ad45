/** Jobs that say "look at these lanes". They are hints: losing or repeating one harms nothing. */
export interface WakeUps {
  /** Adds jobs for the lanes; they start after `delayMs`. */
  add(lanes: readonly string[], delayMs?: number): Promise<void>;
  /** Jobs that no worker has begun. */
  waiting(): Promise<number>;
  /** Hands the lanes of each job to `look`, until it is closed. */
  listen(
    look: (lanes: readonly string[]) => Promise<void>,
    onError: (error: unknown) => void,
  ): { close(): Promise<void> };
  close(): Promise<void>;
}
