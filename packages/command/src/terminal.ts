/** Where the command speaks, and whom it can ask. */
export interface Terminal {
  /** To standard output: what was asked for. */
  out(text: string): void;
  /** To standard error: what went wrong, and how far long work is. */
  err(text: string): void;
  /** Columns of standard output; `undefined` when it is no terminal. */
  readonly columns: number | undefined;
  /** Somebody watches standard error. */
  readonly isWatched: boolean;
  /**
   * Asks on standard error and answers the line that was typed; `''` at the end of the input or when
   * the signal aborts. `undefined` when nobody can be asked.
   */
  readonly ask: ((question: string, signal: AbortSignal) => Promise<string>) | undefined;
}
