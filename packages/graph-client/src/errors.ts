import type { Classification, ErrorKind, ErrorScope, Outcome } from './classification.ts';
import type { Usage } from './pipeline/usage.ts';

/**
 * Base of all errors of this package. Its message never holds a token or a message's text.
 *
 * Every error says four things: its `kind`, its `scope`, its `outcome`, and whether and when the
 * same call may succeed (`retryAfterMs`). {@link classify} says them of any error.
 */
export abstract class GraphError extends Error implements Classification {
  readonly kind: ErrorKind;
  readonly scope: ErrorScope;
  readonly outcome: Outcome;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, is: Classification, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = is.kind;
    this.scope = is.scope;
    this.outcome = is.outcome;
    this.retryAfterMs = is.retryAfterMs;
  }
}

/** What Graph said when it refused a call. */
export interface GraphRefusal {
  /** Graph's `error.code`. */
  readonly code: number;
  /** Graph's `error.error_subcode`. */
  readonly subcode: number | undefined;
  /** Graph's `error.type`, such as `OAuthException`. */
  readonly type: string | undefined;
  /** Graph's `error.fbtrace_id`, which Meta's support asks for. It expires: log it. */
  readonly traceId: string | undefined;
  /** HTTP status of the answer. */
  readonly httpStatus: number;
  /** Graph's own message, with secrets and texts taken out. */
  readonly graphMessage: string;
  /** How much of its allowance the Page had used, if the answer's headers said so. */
  readonly usage: Usage | undefined;
}

/**
 * Graph answered, and the answer is an error.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/error-codes
 */
export class GraphApiError extends GraphError implements GraphRefusal {
  readonly code: number;
  readonly subcode: number | undefined;
  readonly type: string | undefined;
  readonly traceId: string | undefined;
  readonly httpStatus: number;
  readonly graphMessage: string;
  readonly usage: Usage | undefined;

  constructor(message: string, refusal: GraphRefusal, is: Classification) {
    super(message, is);
    this.code = refusal.code;
    this.subcode = refusal.subcode;
    this.type = refusal.type;
    this.traceId = refusal.traceId;
    this.httpStatus = refusal.httpStatus;
    this.graphMessage = refusal.graphMessage;
    this.usage = refusal.usage;
    this.name = `GraphApiError [${codeName(refusal.code, refusal.subcode)}]`;
  }
}

/** How a code and its subcode are written: `10/2018278`, or `190` when there is no subcode. */
export function codeName(code: number, subcode: number | undefined): string {
  return subcode === undefined ? String(code) : `${code}/${subcode}`;
}

/**
 * Why no usable answer came.
 *
 * - `connect`: no connection: name not found, refused, TLS. Nothing was written.
 * - `timeout`: the call took longer than it may.
 * - `interrupted`: the connection broke while the call was under way.
 * - `aborted`: the caller's signal, or the client or transport is closed.
 * - `bad-response`: an answer, but not one of Graph's: HTML, no JSON, too large, not HTTP.
 */
export type TransportFailure = 'connect' | 'timeout' | 'interrupted' | 'aborted' | 'bad-response';

/** No usable answer from Graph. `outcome` is `not-executed` only when no byte was written. */
export class TransportError extends GraphError {
  readonly reason: TransportFailure;
  /** Code of the underlying error, such as `ECONNREFUSED`, or the HTTP status as `HTTP 502`. */
  readonly code: string | undefined;

  constructor(
    reason: TransportFailure,
    message: string,
    more: { outcome: Outcome; code?: string | undefined; cause?: unknown },
  ) {
    const aborted = reason === 'aborted';
    const is: Classification = {
      kind: aborted ? 'aborted' : 'transient',
      scope: reason === 'connect' ? 'app' : 'message',
      outcome: more.outcome,
      retryAfterMs: aborted ? undefined : 0,
    };
    super(message, is, more.cause);
    this.reason = reason;
    this.code = more.code;
    this.name = `TransportError [${more.code === undefined ? reason : `${reason} ${more.code}`}]`;
  }
}

/** The call or an option breaks a rule; nothing was sent. */
export class RequestError extends GraphError {
  /** Which field, as a path: `message.template.elements[0].title`. */
  readonly field: string;

  constructor(field: string, problem: string, cause?: unknown) {
    const is = { kind: 'configuration', scope: 'message', outcome: 'not-executed' } as const;
    super(`${field} ${problem}`, { ...is, retryAfterMs: undefined }, cause);
    this.field = field;
    this.name = `RequestError [${field}]`;
  }
}

/**
 * The client held the call back by itself, because the Page has no room for it now: its rate limit
 * is used up, Graph throttles it, or its breaker is open. Nothing was sent.
 */
export class ParkedError extends GraphError {
  /** The failure that opened the breaker is the `cause`. */
  constructor(
    message: string,
    is: { kind: ErrorKind; scope: ErrorScope; retryAfterMs: number },
    cause?: unknown,
  ) {
    super(message, { ...is, outcome: 'not-executed' }, cause);
    this.name = `ParkedError [${is.kind}]`;
  }
}

/**
 * A long text was sent in parts and one of them failed, which is the `cause`. Sending the whole
 * text again would repeat what arrived; hence `retryAfterMs` is `undefined`.
 */
export class PartlySentError extends GraphError {
  /** Mids of the parts that were sent, in order. */
  readonly messageIds: readonly string[];
  /** How many parts the text has. */
  readonly parts: number;

  constructor(sent: { messageIds: readonly string[]; parts: number }, cause: GraphError) {
    const { kind, scope } = cause;
    super(
      `${sent.messageIds.length} of ${sent.parts} parts of the text were sent, then: ${cause.message}`,
      { kind, scope, outcome: 'unknown', retryAfterMs: undefined },
      cause,
    );
    this.messageIds = sent.messageIds;
    this.parts = sent.parts;
    this.name = `PartlySentError [${sent.messageIds.length}/${sent.parts}]`;
  }
}
