/** What every call takes beside its own fields. */
export interface CallOptions {
  /** Gives the call up. What was written by then stays written: see `outcome` of the error. */
  readonly signal?: AbortSignal | undefined;
}
