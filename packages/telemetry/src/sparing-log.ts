import type { Logger } from 'pino';

/** Writes a warning; not each time, when the same comes in a flood. */
export type SparingWarn = (message: string, fields?: object) => void;

export interface SparingLogOptions {
  readonly log: Pick<Logger, 'warn'>;
  /** Milliseconds of a clock that never goes back. */
  readonly monotonic: () => number;
  /** How often the same message is written at most, in milliseconds. Default 10,000. */
  readonly everyMs?: number;
}

/**
 * For what strangers or an overload can cause any number of times: a line for each would cost more
 * than what it warns of. The next line says how many were left out.
 */
export function createSparingWarn(options: SparingLogOptions): SparingWarn {
  const { log, monotonic, everyMs = 10_000 } = options;
  const said = new Map<string, { readonly until: number; leftOut: number }>();
  return (message, fields = {}) => {
    const now = monotonic();
    const before = said.get(message);
    if (before !== undefined && now < before.until) {
      before.leftOut += 1;
      return;
    }
    const leftOut = before?.leftOut ?? 0;
    log.warn({ ...fields, ...(leftOut > 0 && { leftOut }) }, message);
    said.set(message, { until: now + everyMs, leftOut: 0 });
  };
}
