import {
  APICallError,
  InvalidResponseDataError,
  JSONParseError,
  NoObjectGeneratedError,
  NoOutputGeneratedError,
} from 'ai';

/** Why a model did not answer. */
export type FailureReason =
  /** It did not answer within the time limit. */
  | 'timeout'
  /** The turn ended first. */
  | 'aborted'
  /** As many calls as may run at once are under way. */
  | 'busy'
  /** Earlier calls failed, so that it is left alone for a while. */
  | 'resting'
  /** It answered 429. */
  | 'throttled'
  /** It answered another 4xx: a wrong key, address, model or setting. */
  | 'rejected'
  /** It answered 5xx, or the connection failed. */
  | 'unavailable'
  /** What answered does not speak the protocol, or said too much. */
  | 'rubbish'
  /** It said nothing. */
  | 'empty'
  /** What it said is no JSON. */
  | 'not-json'
  /** What it said is not what it was asked for. */
  | 'wrong-shape'
  /** It said more than it may. */
  | 'cut-off'
  /** The provider's filter held its answer back. */
  | 'content-filter'
  /** It called a tool that it was not given, or too many. */
  | 'forbidden-tool'
  /** The day's budget of everybody is used up. */
  | 'over-budget-day'
  /** The person's budget for the day is used up. */
  | 'over-budget-person'
  /** The store of budgets does not answer. */
  | 'budget-store'
  /** The documents cannot be searched. */
  | 'passages'
  /** Anything else. */
  | 'error';

/** What else is known of a failure; nothing of what was said. */
export interface FailureDetails {
  /** The HTTP status that was answered. */
  readonly status?: number | undefined;
  /** When to try again, by the server's own word. */
  readonly retryAfterMs?: number | undefined;
  /** Whether trying again may help. */
  readonly mayPass?: boolean;
  /** Whether it is certain that nothing was generated, and so nothing is to pay. */
  readonly isFree?: boolean;
}

/**
 * A failure as it goes on within this package. It has no `cause`: an error of the SDK carries the
 * request and the answer, and so what a person wrote.
 */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';
  readonly reason: FailureReason;
  readonly details: FailureDetails;

  constructor(reason: FailureReason, details: FailureDetails = {}) {
    const { status } = details;
    super(`The model did not answer: ${reason}${status === undefined ? '' : ` (${status})`}.`);
    this.reason = reason;
    this.details = details;
  }
}

/** Whatever was thrown, without what it carries. */
export function failureOf(error: unknown): ModelFailure {
  if (error instanceof ModelFailure) return error;
  if (NoObjectGeneratedError.isInstance(error)) return new ModelFailure(reasonOf(error));
  // It called tools until its last request was spent.
  if (NoOutputGeneratedError.isInstance(error)) return new ModelFailure('empty');
  if (InvalidResponseDataError.isInstance(error)) return new ModelFailure('rubbish');
  if (APICallError.isInstance(error)) return failureOfCall(error);
  return new ModelFailure('error');
}

function reasonOf({ finishReason, text = '', cause }: NoObjectGeneratedError): FailureReason {
  if (finishReason === 'length') return 'cut-off';
  if (text.trim() === '') return 'empty';
  return JSONParseError.isInstance(cause) ? 'not-json' : 'wrong-shape';
}

function failureOfCall(error: APICallError): ModelFailure {
  const { statusCode: status, isRetryable: mayPass } = error;
  if (status === undefined || status < 400) {
    const isFree = NEVER_CONNECTED.has(codeOf(error));
    return new ModelFailure(mayPass ? 'unavailable' : 'rubbish', { status, mayPass, isFree });
  }
  const details = { status, mayPass, isFree: true, retryAfterMs: retryAfterMs(error) };
  if (status === 429) return new ModelFailure('throttled', details);
  return new ModelFailure(status < 500 && status !== 408 ? 'rejected' : 'unavailable', details);
}

const NEVER_CONNECTED: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Node wraps what the socket said several times. */
function codeOf(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error) || depth > 5) return undefined;
  return Reflect.get(error, 'code') ?? codeOf(error.cause, depth + 1);
}

/** A date instead of seconds is not understood, and then nobody tries again. */
function retryAfterMs({ responseHeaders = {} }: APICallError): number | undefined {
  const { 'retry-after-ms': ms, 'retry-after': seconds } = responseHeaders;
  if (ms !== undefined) return Number(ms);
  return seconds === undefined ? undefined : Number(seconds) * 1_000;
}
