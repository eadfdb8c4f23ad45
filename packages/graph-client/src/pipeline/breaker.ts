import { classify } from '../classify.ts';
import type { Classification, ErrorKind, ErrorScope } from '../classification.ts';
import type { Clock } from '../clock.ts';
import { ParkedError } from '../errors.ts';
import type { Middleware, OutgoingCall } from './middleware.ts';

/** When a Page's calls are held back because they would fail anyway. */
export interface BreakerOptions {
  /** Failures of the network or of Meta in a row that open it. Default 20. */
  readonly failures?: number | undefined;
}

const defaults = { failures: 20 } as const satisfies Required<BreakerOptions>;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** First and longest hold; each failed probe doubles it. */
const holds: Partial<Record<ErrorKind, { firstMs: number; longestMs: number }>> = {
  transient: { firstMs: SECOND_MS, longestMs: 5 * SECOND_MS },
  'page-restricted': { firstMs: 30 * MINUTE_MS, longestMs: 240 * MINUTE_MS },
};
const otherwise = { firstMs: MINUTE_MS, longestMs: 60 * MINUTE_MS };

type State =
  | { readonly kind: 'closed'; readonly failures: number }
  | {
      readonly kind: 'open';
      readonly reason: { kind: ErrorKind; scope: ErrorScope };
      readonly cause: unknown;
      readonly holdMs: number;
      readonly until: number;
      /** One call is finding out whether things are well again. */
      readonly probing: boolean;
    };

/**
 * Whether the Page's next call would be refused for the same reason. Of throttling the rate limit
 * takes care, and a right may be missing for one kind of call only: what a Page may not read, it may
 * still answer.
 */
function isOfPage({ kind, scope }: Classification, { rateClass }: OutgoingCall): boolean {
  if (scope !== 'page' && scope !== 'app') return false;
  if (kind === 'permission') return rateClass === 'send' || rateClass === 'send-media';
  return kind !== 'throttled' && kind !== 'transient';
}

/**
 * A circuit breaker of one Page. A refusal that every call of the Page would meet opens it at once,
 * trouble of the network or of Meta's after some failures in a row. While it is open, calls are refused
 * unsent; after its hold one call is let through to probe, and closes it or doubles the hold: from 1
 * second to 5 for trouble, 30 minutes to 4 hours for a restriction, 1 minute to 1 hour for the others:
 * a dead token, a right that sends need, a wrong app secret.
 */
export function breaker(options: BreakerOptions & { readonly clock: Clock }): Middleware {
  const { clock } = options;
  const most = options.failures ?? defaults.failures;
  let state: State = { kind: 'closed', failures: 0 };

  const open = (reason: Classification, cause: unknown): State => {
    const { firstMs, longestMs } = holds[reason.kind] ?? otherwise;
    const holdMs =
      state.kind === 'open' && state.reason.kind === reason.kind
        ? Math.min(state.holdMs * 2, longestMs)
        : firstMs;
    return { kind: 'open', reason, cause, holdMs, until: clock.now() + holdMs, probing: false };
  };

  const after = (error: unknown, call: OutgoingCall): State => {
    const reason = classify(error);
    if (reason.kind === 'aborted') {
      // Says nothing about the Page: the next call may probe.
      return state.kind === 'open' ? { ...state, probing: false } : state;
    }
    if (isOfPage(reason, call)) {
      return open(reason, error);
    }
    if (reason.kind !== 'transient') {
      return { kind: 'closed', failures: 0 };
    }
    const failures = state.kind === 'closed' ? state.failures + 1 : most;
    return failures < most ? { kind: 'closed', failures } : open(reason, error);
  };

  return async (call, next) => {
    if (state.kind === 'open') {
      const now = clock.now();
      if (state.probing || now < state.until) {
        throw parked(call.name, state, Math.max(SECOND_MS, state.until - now));
      }
      state = { ...state, probing: true };
    }
    const probe = state.kind === 'open';
    try {
      const answer = await next();
      // A call from before the opening says nothing about what came after it.
      if (probe || state.kind === 'closed') {
        state = { kind: 'closed', failures: 0 };
      }
      return answer;
    } catch (error) {
      if (probe || state.kind === 'closed') {
        state = after(error, call);
      }
      throw error;
    }
  };
}

function parked(
  name: string,
  { reason, cause }: Extract<State, { kind: 'open' }>,
  retryAfterMs: number,
): ParkedError {
  return new ParkedError(
    `${name} is held back, since earlier calls of this Page failed (${reason.kind}). ` +
      `Nothing was sent: see the cause; the next probe is in ${Math.ceil(retryAfterMs)} ms.`,
    { kind: reason.kind, scope: reason.scope, retryAfterMs },
    cause,
  );
}
