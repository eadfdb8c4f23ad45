import type { Classification } from './classification.ts';
import { GraphError } from './errors.ts';

/**
 * What any error of a call means. An error that is none of this package's may have been thrown
 * after the call was sent, so its outcome is unknown.
 *
 * @example
 * const { kind, outcome, retryAfterMs } = classify(error);
 * if (kind === 'token-dead') pausePage();
 * else if (outcome === 'not-executed' && retryAfterMs !== undefined) repeatIn(retryAfterMs);
 */
export function classify(error: unknown): Classification {
  if (error instanceof GraphError) {
    const { kind, scope, outcome, retryAfterMs } = error;
    return { kind, scope, outcome, retryAfterMs };
  }
  return { kind: 'transient', scope: 'message', outcome: 'unknown', retryAfterMs: undefined };
}
