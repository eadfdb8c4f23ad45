import type { Clock } from '@bot/handlers';
import { failureOf, ModelFailure, type FailureReason } from './failure.ts';

/** When a model that fails is left alone. */
export interface BreakerOptions {
  /** Failures in a row after which it rests. Default 5. */
  readonly failures?: number;
  /** For how long; then one call finds out whether it is well again. Default 30,000. */
  readonly holdMs?: number;
}

const defaults = { failures: 5, holdMs: 30_000 } as const satisfies Required<BreakerOptions>;

/** What says that the model, or the way to it, is down. */
const DOWN: ReadonlySet<FailureReason> = new Set([
  'timeout',
  'throttled',
  'rejected',
  'unavailable',
  'rubbish',
  'error',
]);

/** What says nothing about the model: it was not asked, or not to the end. */
const NOTHING: ReadonlySet<FailureReason> = new Set([
  'aborted',
  'budget-store',
  'over-budget-day',
  'over-budget-person',
]);

/** Lets calls through, or not. */
export interface Breaker {
  /** @throws {ModelFailure} `resting`, or what `attempt` failed with. */
  run<Result>(attempt: () => Promise<Result>): Promise<Result>;
}

/**
 * A circuit breaker, so that a dead model costs nobody the time limit with each message. Of our own
 * because opossum and cockatiel read the process's clock, which no test can move.
 */
export function createBreaker(options: BreakerOptions & { readonly clock: Clock }): Breaker {
  const { clock, failures, holdMs } = { ...defaults, ...options };
  let inARow = 0;
  let restsUntil: number | undefined;
  let isProbing = false;

  function note(reason: FailureReason | undefined): void {
    if (reason !== undefined && NOTHING.has(reason)) return;
    inARow = reason !== undefined && DOWN.has(reason) ? inARow + 1 : 0;
    restsUntil = inARow >= failures ? clock.now() + holdMs : undefined;
  }

  return {
    async run(attempt) {
      const isProbe = restsUntil !== undefined;
      if (restsUntil !== undefined && (isProbing || clock.now() < restsUntil)) {
        throw new ModelFailure('resting');
      }
      isProbing = isProbe;
      // A call from before the rest says nothing about what came after.
      const counts = (): boolean => isProbe || restsUntil === undefined;
      try {
        const result = await attempt();
        if (counts()) note(undefined);
        return result;
      } catch (error) {
        const failure = failureOf(error);
        if (counts()) note(failure.reason);
        throw failure;
      } finally {
        if (isProbe) isProbing = false;
      }
    },
  };
}
