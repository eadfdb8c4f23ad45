/**
 * What the platform may have done with a failed call.
 *
 * - `none`: nothing. It was never written to the network, or Graph refused it.
 * - `unknown`: perhaps carried out. The Send API has no idempotency key, so repeating the call
 *   may show a person the same message twice; wait for the message's echo first.
 */
export type Effect = 'none' | 'unknown';

/**
 * Whether the same call may succeed when it is made again. Look at `effect` too: it says whether
 * making it again is safe.
 *
 * - `now`: nothing stands against it.
 * - `later`: the other side is in trouble or asked for time; back off.
 * - `never`: it would fail in the same way.
 */
export type Retry = 'now' | 'later' | 'never';

/** Why no usable answer came; see {@link TransportError}. */
export type TransportErrorKind = 'connect' | 'timeout' | 'interrupted' | 'aborted' | 'bad-response';

/** Every kind of error that the client throws. */
export type GraphErrorKind = 'api' | 'request' | TransportErrorKind;

/** Base of all errors of this package. Its message never holds a token or a message's text. */
export abstract class GraphError extends Error {
  abstract readonly kind: GraphErrorKind;
  readonly effect: Effect;
  readonly retry: Retry;

  constructor(message: string, outcome: { effect: Effect; retry: Retry; cause?: unknown }) {
    super(message, outcome.cause === undefined ? undefined : { cause: outcome.cause });
    this.effect = outcome.effect;
    this.retry = outcome.retry;
  }
}

/** What Graph said when it refused a call. */
export interface GraphRefusal {
  /** Graph's `error.code`. */
  code: number;
  /** Graph's `error.error_subcode`. */
  subcode: number | undefined;
  /** Graph's `error.type`, such as `OAuthException`. */
  type: string | undefined;
  /** Graph's `error.fbtrace_id`, which Meta's support asks for. It expires: log it. */
  traceId: string | undefined;
  /** HTTP status of the answer. */
  httpStatus: number;
  /** Graph's own message, with secrets and texts taken out. */
  graphMessage: string;
}

/** Graph answered, and the answer is an error. */
export class GraphApiError extends GraphError {
  readonly kind = 'api';
  readonly code: number;
  readonly subcode: number | undefined;
  readonly type: string | undefined;
  readonly traceId: string | undefined;
  readonly httpStatus: number;
  readonly graphMessage: string;

  constructor(
    message: string,
    refusal: GraphRefusal,
    outcome: { effect: Effect; retry: 'later' | 'never' },
  ) {
    super(message, outcome);
    this.code = refusal.code;
    this.subcode = refusal.subcode;
    this.type = refusal.type;
    this.traceId = refusal.traceId;
    this.httpStatus = refusal.httpStatus;
    this.graphMessage = refusal.graphMessage;
    this.name = `GraphApiError [${codeName(refusal.code, refusal.subcode)}]`;
  }
}

/** How a code and its subcode are written: `10/2018278`, or `190` when there is no subcode. */
export function codeName(code: number, subcode: number | undefined): string {
  return subcode === undefined ? String(code) : `${code}/${subcode}`;
}

const transportRetry: Record<TransportErrorKind, Retry> = {
  connect: 'later',
  timeout: 'later',
  interrupted: 'now',
  aborted: 'now',
  'bad-response': 'later',
};

/**
 * No usable answer from Graph.
 *
 * - `connect`: no connection: name not found, refused, TLS. Nothing was written.
 * - `timeout`: the call took longer than it may.
 * - `interrupted`: the connection broke while the call was under way.
 * - `aborted`: the caller's signal, or the client or transport is closed.
 * - `bad-response`: an answer, but not one of Graph's: HTML, no JSON, too large, not HTTP.
 *
 * `effect` is `none` only when provably no byte of the call was written.
 */
export class TransportError extends GraphError {
  readonly kind: TransportErrorKind;
  /** Code of the underlying error, such as `ECONNREFUSED`, or the HTTP status as `HTTP 502`. */
  readonly code: string | undefined;

  constructor(
    kind: TransportErrorKind,
    message: string,
    more: { effect: Effect; code?: string | undefined; cause?: unknown },
  ) {
    super(message, { ...more, retry: transportRetry[kind] });
    this.kind = kind;
    this.code = more.code;
    this.name = `TransportError [${more.code === undefined ? kind : `${kind} ${more.code}`}]`;
  }
}

/** The call or an option breaks a rule; nothing was sent. */
export class RequestError extends GraphError {
  readonly kind = 'request';
  /** Which field, as a path: `message.text`. */
  readonly field: string;

  constructor(field: string, problem: string, cause?: unknown) {
    super(`${field} ${problem}`, { effect: 'none', retry: 'never', cause });
    this.field = field;
    this.name = `RequestError [${field}]`;
  }
}
