import { readAnswer } from './answer.ts';
import type { AnswerContext } from './answer.ts';
import { appSecretProof } from './app-secret-proof.ts';
import { GraphError, TransportError } from './errors.ts';
import { checkCall, queryString } from './graph-call.ts';
import type { GraphCall, MakeCall } from './graph-call.ts';
import { toJson } from './graph-json.ts';
import { runPipeline } from './pipeline/middleware.ts';
import type { GraphAnswer, OutgoingCall } from './pipeline/middleware.ts';
import { multipart } from './multipart.ts';
import type { ResolvedOptions } from './options.ts';
import { createRedact, textsIn } from './redaction.ts';
import { abortedError } from './transport-failure.ts';
import type { StreamedBody, Transport, TransportRequest, TransportResponse } from './transport.ts';

/** Makes calls, and reads what Graph answers to them. */
export interface Caller {
  readonly call: MakeCall;
  /** How an answer to this call is read. */
  readonly contextOf: (request: GraphCall) => AnswerContext;
}

/** Everything between a described call and Graph's answer: deadline, pipeline, proof, errors. */
export function createCaller(options: ResolvedOptions, transport: Transport): Caller {
  const { accessToken, appSecret, origin, root } = options;
  const proof = appSecret === undefined ? undefined : appSecretProof(accessToken, appSecret);
  const redact = createRedact([accessToken, appSecret, proof]);
  const authorization = `Bearer ${accessToken}`;

  const contextOf = (request: GraphCall): AnswerContext => ({
    call: `${request.method} ${origin}${root}/${request.path}`,
    pageId: options.pageId,
    redact,
    ownRight: request.ownRight === true,
    texts: () => textsIn(request.body?.['message'] ?? request.body?.['batch']),
  });

  const call: MakeCall = async (request) => {
    checkCall(request);
    const { method } = request;
    const body = bodyOf(request);
    const context = contextOf(request);
    const path = `${root}/${request.path}${queryString(request.query, proof)}`;
    const headers = { authorization, accept: 'application/json', ...contentType(body) };
    const answer = await withDeadline(options, request, context.call, (outgoing) =>
      runPipeline(options.pipeline, outgoing, async () => {
        const { signal } = outgoing;
        const sent = { method, origin, path, headers, body, signal };
        return readAnswer(await sendOnce(transport, sent, context.call), context);
      }),
    );
    return answer.value;
  };
  return { call, contextOf };
}

async function sendOnce(
  transport: Transport,
  request: TransportRequest,
  call: string,
): Promise<TransportResponse> {
  try {
    return await transport.request(request);
  } catch (error) {
    throw error instanceof GraphError ? error : foreignError(call, error);
  }
}

function bodyOf({ body, file }: GraphCall): string | StreamedBody | undefined {
  if (file !== undefined) {
    return multipart(body ?? {}, file);
  }
  return body === undefined ? undefined : toJson(body);
}

function contentType(body: string | StreamedBody | undefined): Record<string, string> {
  if (body === undefined) {
    return {};
  }
  return { 'content-type': typeof body === 'string' ? 'application/json' : body.contentType };
}

/** Runs `send` with a signal that ends at the deadline or with the caller's own signal. */
async function withDeadline(
  { clock, timeoutMs: usual }: ResolvedOptions,
  { method, rateClass = 'other', weight = 1, signal: outer, timeoutMs = usual }: GraphCall,
  name: string,
  send: (call: OutgoingCall) => Promise<GraphAnswer>,
): Promise<GraphAnswer> {
  if (outer?.aborted === true) {
    throw abortedError(name, outer.reason, { written: false });
  }
  const inner = new AbortController();
  const onOuter = (): void => {
    inner.abort(outer?.reason);
  };
  outer?.addEventListener('abort', onOuter);
  const deadline = clock.now() + timeoutMs;
  const stopTimer = clock.after(timeoutMs, () => {
    inner.abort(new DOMException(`no answer within ${timeoutMs} ms`, 'TimeoutError'));
  });
  try {
    return await send({ method, name, rateClass, weight, deadline, signal: inner.signal });
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
    { outcome: 'unknown', cause: error },
  );
}
