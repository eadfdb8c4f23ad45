/** Writes a line; not each time, when the same comes in a flood. */
export type SparingLog = (message: string, fields?: object) => void;

export interface SparingLogOptions {
  /** Such as a logger's `warn`. */
  readonly write: (fields: object, message: string) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly monotonic: () => number;
  /** How often the same message is written at most, in milliseconds. Default 10,000. */
  readonly everyMs?: number;
}

/**
 * For what strangers or an outage can cause any number of times: a line for each would cost more than
 * what it tells of. The next line says how many were left out.
 */
export function createSparingLog({
  write,
  monotonic,
  everyMs = 10_000,
}: SparingLogOptions): SparingLog {
  const said = new Map<string, { readonly until: number; leftOut: number }>();
  return (message, fields = {}) => {
    const now = monotonic();
    const before = said.get(message);
    if (before !== undefined && now < before.until) {
      before.leftOut += 1;
      return;
    }
    const leftOut = before?.leftOut ?? 0;
    write({ ...fields, ...(leftOut > 0 && { leftOut }) }, message);
    said.set(message, { until: now + everyMs, leftOut: 0 });
  };
}
