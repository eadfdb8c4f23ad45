/** Growing waits: each up to twice the one before, with a share left to chance. */
export interface BackoffOptions {
  /** The first wait, in milliseconds. */
  readonly firstMs: number;
  /** No wait is longer, in milliseconds. */
  readonly longestMs: number;
}

/**
 * How long to wait after failure number `failures`, counted from 1: between half and the whole of
 * the exponential wait, so that many clients do not come back at the same moment.
 */
export function backoffMs(
  failures: number,
  { firstMs, longestMs }: BackoffOptions,
  random: () => number,
): number {
  const whole = Math.min(longestMs, firstMs * 2 ** (failures - 1));
  return whole * (0.5 + random() / 2);
}
