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
  /**
   * The JSON body as a value; of an upload the fields, with `filedata` as a `File`; `undefined`
   * when there was none.
   */
  body: unknown;
}

/**
 * How one request ends: a status and a body (a string goes out as it is, everything else as
 * JSON), an error to reject with, or `hang`, which ends only by the request's signal.
 */
export type FakeAnswer =
  | {
      status?: number | undefined;
      /** By lower-case name, such as `x-business-use-case-usage`. */
      headers?: Readonly<Record<string, string>> | undefined;
      body: unknown;
    }
  | Error
  | 'hang';

/** Answers in their order; a function answers whatever is asked once they are used up. */
export interface FakeTransportOptions {
  answers?: readonly FakeAnswer[] | undefined;
  /** Default: what Graph says to a call that it took; lists are empty. */
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
  const taken = createTaken();
  const otherwise = options.otherwise ?? taken;

  return {
    requests,
    get closeCount() {
      return closeCount;
    },
    request: async (request) => {
      const recorded = await record(request);
      requests.push(recorded);
      const answer = answers.shift() ?? otherwise(recorded);
      if (answer === 'hang') {
        return untilAborted(request);
      }
      if (answer instanceof Error) {
        throw answer;
      }
      const { status = 200, headers = {}, body } = answer;
      return { status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) };
    },
    close: async () => {
      closeCount += 1;
    },
  };
}

/** Graph's answers to calls that are right. */
function createTaken(): (request: RecordedRequest) => FakeAnswer {
  let made = 0;
  return ({ method, path, body }) => {
    made += 1;
    const resource = path.split('/').at(-1) ?? '';
    if (method === 'GET') {
      return { body: { data: [] } };
    }
    if (isObject(body) && 'message' in body && resource === 'messages') {
      return { body: { ...recipientOf(body), message_id: `m_fake${made}` } };
    }
    const key = CREATED[resource];
    return { body: key === undefined ? recipientOf(body) : { [key]: `${9000 + made}` } };
  };
}

/** What an endpoint answers when it has made something. */
const CREATED: Partial<Record<string, string>> = {
  message_attachments: 'attachment_id',
  personas: 'id',
  custom_labels: 'id',
  message_templates: 'id',
};

async function record(request: TransportRequest): Promise<RecordedRequest> {
  const { method, origin, path, headers } = request;
  const url = new URL(path, origin);
  return {
    method,
    origin,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers,
    body: await readBody(request.body),
  };
}

async function readBody(body: TransportRequest['body']): Promise<unknown> {
  if (typeof body !== 'object') {
    return body === undefined ? undefined : JSON.parse(body);
  }
  const headers = { 'content-type': body.contentType };
  const form = await new Response(ReadableStream.from(body.open()), { headers }).formData();
  return Object.fromEntries(
    [...form].map(([name, value]) => [
      name,
      typeof value === 'string' && value.startsWith('{') ? (JSON.parse(value) as unknown) : value,
    ]),
  );
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

function recipientOf(body: unknown): object {
  const recipient = isObject(body) ? body['recipient'] : undefined;
  const id = isObject(recipient) ? recipient['id'] : undefined;
  return id === undefined ? { success: true } : { recipient_id: id };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
