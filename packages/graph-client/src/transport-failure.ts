import { TransportError } from './errors.ts';
import type { TransportFailure } from './errors.ts';
import type { Outcome } from './classification.ts';

/** How a request is named in an error: without its query, which holds the proof. */
export function shownCall(request: { method: string; origin: string; path: string }): string {
  const [path] = request.path.split('?', 1);
  return `${request.method} ${request.origin}${path ?? ''}`;
}

/** An outcome, as the end of an error's message. */
export const shownOutcome: Readonly<Record<Exclude<Outcome, 'executed'>, string>> = {
  'not-executed': 'Nothing was sent',
  unknown: 'It may have been carried out',
};

/** A request that was given up, by a timer or by whoever asked for it. */
export function abortedError(
  call: string,
  reason: unknown,
  { written }: { written: boolean },
): TransportError {
  const outcome = written ? 'unknown' : 'not-executed';
  const timeout = reason instanceof Error && reason.name === 'TimeoutError';
  const what = timeout ? `took too long: ${reason.message}` : 'was aborted by the caller';
  return new TransportError(
    timeout ? 'timeout' : 'aborted',
    `${call} ${what}. ${shownOutcome[outcome]}.`,
    { outcome, cause: reason },
  );
}

const AFTER_WRITE: Partial<Record<string, TransportFailure>> = {
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_OVERFLOW: 'bad-response',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'bad-response',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'bad-response',
};

const what: Record<TransportFailure, string> = {
  connect: 'found no connection',
  timeout: 'got no whole answer in time',
  interrupted: 'lost its connection',
  aborted: 'came after the transport was closed',
  'bad-response': 'got an answer that is too large or not HTTP',
};

const advice: Record<TransportFailure, string> = {
  connect: 'check the address, DNS and the way out to it',
  timeout: 'see whether it slows down for everybody',
  interrupted: 'look for a proxy or a network that cuts connections',
  aborted: 'make a new client',
  'bad-response': 'see what stands between here and Graph',
};

/**
 * Names what undici failed with. `written` decides the outcome: before the first byte every
 * failure is one of connecting, whatever its code.
 */
export function networkError(
  call: string,
  error: unknown,
  { written }: { written: boolean },
): TransportError {
  const code = codeOf(error);
  const kind = written ? kindAfterWrite(code) : kindBeforeWrite(code);
  const outcome = written ? 'unknown' : 'not-executed';
  const sentence = `${call} ${what[kind]}${code === undefined ? '' : ` (${code})`}.`;
  return new TransportError(kind, `${sentence} ${shownOutcome[outcome]}: ${advice[kind]}.`, {
    outcome,
    code,
    cause: error,
  });
}

function kindBeforeWrite(code: string | undefined): TransportFailure {
  return code === 'UND_ERR_CLOSED' || code === 'UND_ERR_DESTROYED' ? 'aborted' : 'connect';
}

function kindAfterWrite(code: string | undefined): TransportFailure {
  if (code === 'HPE_INVALID') {
    return 'bad-response';
  }
  return AFTER_WRITE[code ?? ''] ?? 'interrupted';
}

function codeOf(error: unknown): string | undefined {
  // undici gives its parser's errors a code only sometimes, and always this name.
  if (error instanceof Error && error.name === 'HTTPParserError') {
    return 'HPE_INVALID';
  }
  if (typeof error === 'object' && error !== null && 'code' in error) {
    return typeof error.code === 'string' ? error.code : undefined;
  }
  return undefined;
}
