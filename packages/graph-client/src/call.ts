import { readAnswer } from './answer.ts';
import { appSecretProof } from './app-secret-proof.ts';
import { GraphError, RequestError, TransportError } from './errors.ts';
import { checkOneOf } from './limits.ts';
import type { ResolvedOptions } from './options.ts';
import { createRedact, textsIn } from './redaction.ts';
import { abortedError } from './transport-failure.ts';
import type { Transport, TransportResponse } from './transport.ts';

/** One Graph API request. */
export interface GraphCall {
  method: 'GET' | 'POST' | 'DELETE';
  /** Relative to the version: `me/messages`, `123/subscribed_apps`. */
  path: string;
  /** Query parameters. The token and its proof are not among them: the client adds them. */
  query?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** Sent as JSON; not with `GET`. */
  body?: Readonly<Record<string, unknown>> | undefined;
  /** Gives the call up. What was written by then stays written: see `effect` of the error. */
  signal?: AbortSignal | undefined;
}

/** Makes a call and answers with the JSON that Graph sent. */
export type MakeCall = (request: GraphCall) => Promise<unknown>;

const PATH = /^[\w-]+(?:\.[\w-]+)*(?:\/[\w-]+(?:\.[\w-]+)*)*$/;
const RESERVED = ['access_token', 'appsecret_proof'];

/** Everything between a described call and Graph's answer: proof, deadline, errors. */
export function createMakeCall(options: ResolvedOptions, transport: Transport): MakeCall {
  const { accessToken, appSecret, origin, root } = options;
  const proof = appSecret === undefined ? undefined : appSecretProof(accessToken, appSecret);
  const redact = createRedact([accessToken, appSecret, proof]);
  const authorization = `Bearer ${accessToken}`;

  return async (request) => {
    checkCall(request);
    const { method, body } = request;
    const text = body === undefined ? undefined : toJson(body);
    const path = `${root}/${request.path}`;
    const call = `${method} ${origin}${path}`;
    const response = await withDeadline(options, request.signal, call, async (signal) =>
      transport.request({
        method,
        origin,
        path: path + queryOf(request.query, proof),
        headers: {
          authorization,
          accept: 'application/json',
          ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: text,
        signal,
      }),
    );
    return readAnswer(response, { call, redact, texts: () => textsIn(body?.['message']) });
  };
}

function checkCall({ method, path, query, body }: GraphCall): void {
  checkOneOf('call.method', method, ['GET', 'POST', 'DELETE']);
  if (!PATH.test(path)) {
    throw new RequestError('call.path', 'must look like "me/messages": no slash at its start.');
  }
  if (method === 'GET' && body !== undefined) {
    throw new RequestError('call.body', 'must be absent from a GET.');
  }
  for (const name of RESERVED) {
    if (query !== undefined && Object.hasOwn(query, name)) {
      throw new RequestError(`call.query.${name}`, 'is added by the client: leave it out.');
    }
  }
}

function toJson(body: Readonly<Record<string, unknown>>): string {
  try {
    return JSON.stringify(body);
  } catch (error) {
    throw new RequestError('call.body', 'must be writable as JSON.', error);
  }
}

function queryOf(query: GraphCall['query'], proof: string | undefined): string {
  if (query === undefined) {
    return proof === undefined ? '' : `?appsecret_proof=${proof}`;
  }
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    pairs.set(name, String(value));
  }
  if (proof !== undefined) {
    pairs.set('appsecret_proof', proof);
  }
  return pairs.size === 0 ? '' : `?${pairs.toString()}`;
}

/** Runs `send` with a signal that ends at the deadline or with the caller's own signal. */
async function withDeadline(
  { clock, timeoutMs }: ResolvedOptions,
  outer: AbortSignal | undefined,
  call: string,
  send: (signal: AbortSignal) => Promise<TransportResponse>,
): Promise<TransportResponse> {
  if (outer?.aborted === true) {
    throw abortedError(call, outer.reason, { written: false });
  }
  const inner = new AbortController();
  const onOuter = (): void => {
    inner.abort(outer?.reason);
  };
  outer?.addEventListener('abort', onOuter);
  const stopTimer = clock.after(timeoutMs, () => {
    inner.abort(new DOMException(`no answer within ${timeoutMs} ms`, 'TimeoutError'));
  });
  try {
    return await send(inner.signal);
  } catch (error) {
    throw error instanceof GraphError ? error : foreignError(call, error);
  } finally {
    stopTimer();
    outer?.removeEventListener('abort', onOuter);
  }
}

/** A transport that breaks its contract: nobody knows how far the call came. */
function foreignError(call: string, error: unknown): TransportError {
  return new TransportError(
    'interrupted',
    `${call} failed in the transport. It may have been carried out: see the cause.`,
    { effect: 'unknown', cause: error },
  );
}
