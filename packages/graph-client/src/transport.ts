import { Readable } from 'node:stream';

import { Agent } from 'undici';

import { RequestError } from './errors.ts';
import { abortedError, networkError, shownCall } from './transport-failure.ts';

/** A body that is written as it is read. */
export interface StreamedBody {
  readonly contentType: string;
  /** Sent as `content-length`. */
  readonly sizeBytes: number;
  /** Starts reading. */
  open(): AsyncIterable<Uint8Array>;
}

/** One HTTP request. Its path holds the query, so it is never printed. */
export interface TransportRequest {
  method: 'GET' | 'POST' | 'DELETE';
  /** Scheme, host and port: `https://graph.facebook.com`. */
  origin: string;
  /** Path and query: `/v26.0/me/messages?appsecret_proof=…`. */
  path: string;
  /** By lower-case name. Holds the token. */
  headers: Readonly<Record<string, string>>;
  body: string | StreamedBody | undefined;
  /**
   * Gives the request up. A reason that is a `TimeoutError` makes it a `timeout`, every other an
   * `aborted`.
   */
  signal: AbortSignal;
}

/** An answer of any status, read to its end. */
export interface TransportResponse {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  text: string;
}

/**
 * Port to the network. Sends each request at most once: repeating is the caller's decision.
 *
 * `request` rejects with a `TransportError` whose `outcome` is `not-executed` only when no
 * byte of the request was written. `close` lets requests under way finish and may be called again.
 */
export interface Transport {
  /** Sends a request once, and reads the answer to its end. */
  request(request: TransportRequest): Promise<TransportResponse>;
  /** Lets requests under way finish and takes no new ones. May be called again. */
  close(): Promise<void>;
}

/** How connections are made and how long they may be silent. */
export interface TransportOptions {
  /** Most connections to one origin; further requests wait for a free one. Default 128. */
  connections?: number | undefined;
  /** Longest time for DNS, TCP and TLS together, in milliseconds. Default 5,000. */
  connectTimeoutMs?: number | undefined;
  /** Longest wait for an answer's headers, and between parts of its body. Default 10,000. */
  silenceTimeoutMs?: number | undefined;
  /** Largest answer, in bytes. Default 1 MiB. */
  maxResponseBytes?: number | undefined;
}

const defaults = {
  connections: 128,
  connectTimeoutMs: 5_000,
  silenceTimeoutMs: 10_000,
  maxResponseBytes: 1_048_576,
} as const satisfies Required<TransportOptions>;

/**
 * The real transport: undici's pools, one per origin, kept alive, HTTP/1.1, one request at a time
 * on a connection. HTTP/2 stays off because undici may put a request of a closing HTTP/2 session
 * on another one, and then nobody can tell how often it was sent.
 *
 * @example
 * const transport = createTransport({ connections: 64 });
 * const pages = tokens.map((accessToken) => createGraphClient({ accessToken, transport }));
 * // … at the end
 * await transport.close();
 */
export function createTransport(options: TransportOptions = {}): Transport {
  const wholeNumber = (name: keyof TransportOptions): number => {
    const value = options[name] ?? defaults[name];
    if (!Number.isInteger(value) || value < 1) {
      throw new RequestError(`options.${name}`, `must be a whole number from 1, and is ${value}.`);
    }
    return value;
  };
  const agent = new Agent({
    connections: wholeNumber('connections'),
    pipelining: 1,
    allowH2: false,
    connect: { timeout: wholeNumber('connectTimeoutMs') },
    headersTimeout: wholeNumber('silenceTimeoutMs'),
    bodyTimeout: wholeNumber('silenceTimeoutMs'),
    maxResponseSize: wholeNumber('maxResponseBytes'),
  });
  let closing: Promise<void> | undefined;
  return {
    request: async (request) => exchange(agent, request),
    close: async () => {
      closing ??= agent.close();
      await closing;
    },
  };
}

/**
 * undici calls `onRequestStart` in the same tick in which it writes to the socket and at no other
 * time, so it tells exactly which failures came before the first byte. `Agent.request` does not
 * pass that on, and it settles an aborted request only when its turn on a connection comes; hence
 * the handler here.
 */
function exchange(agent: Agent, request: TransportRequest): Promise<TransportResponse> {
  const { origin, path, method, signal } = request;
  const call = shownCall(request);
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(abortedError(call, signal.reason, { written: false }));
      return;
    }
    let written = false;
    let over = false;
    let stop: ((reason: Error) => void) | undefined;
    let answer: { status: number; headers: TransportResponse['headers'] } | undefined;
    const parts: Buffer[] = [];
    const settle = (run: () => void): void => {
      if (!over) {
        over = true;
        signal.removeEventListener('abort', onAbort);
        run();
      }
    };
    const onAbort = (): void => {
      const error = abortedError(call, signal.reason, { written });
      settle(() => reject(error));
      stop?.(error);
    };
    signal.addEventListener('abort', onAbort);

    agent.dispatch(
      { origin, path, method, ...bodyOf(request) },
      {
        onRequestStart(controller) {
          if (over) {
            controller.abort(new Error('given up before it was sent'));
            return;
          }
          written = true;
          stop = (reason) => controller.abort(reason);
        },
        onResponseStart(_controller, status, responseHeaders) {
          answer = { status, headers: responseHeaders };
        },
        onResponseData(_controller, part) {
          parts.push(part);
        },
        onResponseEnd() {
          const text = Buffer.concat(parts).toString('utf8');
          const { status, headers: found } = answer ?? { status: 0, headers: {} };
          settle(() => resolve({ status, headers: found, text }));
        },
        onResponseError(_controller, error) {
          settle(() => reject(networkError(call, error, { written })));
        },
      },
    );
  });
}

function bodyOf({ headers, body }: TransportRequest): {
  headers: Record<string, string>;
  body: string | Readable | null;
} {
  if (typeof body !== 'object') {
    return { headers: { ...headers }, body: body ?? null };
  }
  const length = { 'content-length': String(body.sizeBytes) };
  return { headers: { ...headers, ...length }, body: Readable.from(body.open()) };
}
