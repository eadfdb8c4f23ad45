import { abortedError, shownCall } from '../transport-failure.ts';
import type { Transport, TransportRequest } from '../transport.ts';

/** A request that the fake was handed, taken apart. */
export interface RecordedRequest {
  method: TransportRequest['method'];
  origin: string;
  /** Without the query. */
  path: string;
  query: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
  /** The JSON body as a value; `undefined` when there was none. */
  body: unknown;
}

/**
 * How one request ends: a status and a body (a string goes out as it is, everything else as
 * JSON), an error to reject with, or `hang`, which ends only by the request's signal.
 */
export type FakeAnswer = { status?: number | undefined; body: unknown } | Error | 'hang';

/** Answers in their order; a function answers whatever is asked once they are used up. */
export interface FakeTransportOptions {
  answers?: readonly FakeAnswer[] | undefined;
  /** Default: what Graph says to a message or a sender action that it took. */
  otherwise?: ((request: RecordedRequest) => FakeAnswer) | undefined;
}

/** A network of which a test knows everything. */
export interface FakeTransport extends Transport {
  /** What was asked, in order. */
  readonly requests: readonly RecordedRequest[];
  /** How often it was closed. */
  readonly closeCount: number;
}

/**
 * A transport without a network.
 *
 * @example
 * const transport = createFakeTransport({ answers: [{ status: 503, body: '<html>' }] });
 * const graph = createGraphClient({ accessToken: 'token', transport });
 */
export function createFakeTransport(options: FakeTransportOptions = {}): FakeTransport {
  const answers = [...(options.answers ?? [])];
  const requests: RecordedRequest[] = [];
  let closeCount = 0;
  let sent = 0;

  const taken = (request: RecordedRequest): FakeAnswer => {
    const recipient = personOf(request.body);
    if (typeof request.body === 'object' && request.body !== null && 'message' in request.body) {
      sent += 1;
      return { body: { recipient_id: recipient, message_id: `m_fake${sent}` } };
    }
    return { body: recipient === undefined ? {} : { recipient_id: recipient } };
  };
  const otherwise = options.otherwise ?? taken;

  return {
    requests,
    get closeCount() {
      return closeCount;
    },
    request: async (request) => {
      const recorded = record(request);
      requests.push(recorded);
      const answer = answers.shift() ?? otherwise(recorded);
      if (answer === 'hang') {
        return untilAborted(request);
      }
      if (answer instanceof Error) {
        throw answer;
      }
      const { status = 200, body } = answer;
      return { status, headers: {}, text: typeof body === 'string' ? body : JSON.stringify(body) };
    },
    close: async () => {
      closeCount += 1;
    },
  };
}

function record({ method, origin, path, headers, body }: TransportRequest): RecordedRequest {
  const url = new URL(path, origin);
  return {
    method,
    origin,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers,
    body: body === undefined ? undefined : JSON.parse(body),
  };
}

/** As a server that took the request and never answers. */
function untilAborted(request: TransportRequest): Promise<never> {
  const { signal } = request;
  return new Promise<never>((_resolve, reject) => {
    const giveUp = (): void => {
      reject(abortedError(shownCall(request), signal.reason, { written: true }));
    };
    if (signal.aborted) {
      giveUp();
    } else {
      signal.addEventListener('abort', giveUp, { once: true });
    }
  });
}

function personOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('recipient' in body)) {
    return undefined;
  }
  const { recipient } = body;
  return typeof recipient === 'object' &&
    recipient !== null &&
    'id' in recipient &&
    typeof recipient.id === 'string'
    ? recipient.id
    : undefined;
}
