import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { type Random, traceId } from '../random.ts';
import type { GraphCall } from '../state.ts';
import { authorize, credentialsOf } from './authorization.ts';
import { GraphRefusal, unknownPath } from './errors.ts';
import { parseSend, type Send } from './sends.ts';
import { createUsage } from './usage.ts';

/** Versions that are alive (developers.facebook.com/docs/graph-api/changelog/versions, 2026-11). */
const versions = new Set(['v21.0', 'v22.0', 'v23.0', 'v24.0', 'v25.0', 'v26.0']);
const newestVersion = 'v26.0';

/** What the Graph API's side needs from the rest of the emulator. */
export interface GraphOptions {
  readonly pageId: string;
  readonly accessToken: string;
  readonly appSecret: string;
  readonly latencyMs: number;
  readonly clock: Clock;
  readonly random: Random;
  /** Ends the latency of calls when the emulator closes. */
  readonly signal: AbortSignal;
  readonly knows: (psid: string) => boolean;
  /** Does what was asked; answers the new message's id for a text. */
  readonly perform: (send: Send) => string | undefined;
  readonly onCall: (call: GraphCall) => void;
}

type Fields = Readonly<Record<string, unknown>>;

/** Adds Meta's side to the server: `POST /<version>/<page>/messages`, and refusals for the rest. */
export function addGraphRoutes(server: FastifyInstance, options: GraphOptions): void {
  const { accessToken, appSecret, clock, pageId, random } = options;
  const usage = createUsage(pageId);

  function check(request: FastifyRequest, version: string, page: string): Fields {
    const body = request.body as Fields;
    const query = request.query as Fields;
    if (!versions.has(version)) {
      const message = `(#2635) You are calling a version of the API that does not exist or has expired. Please update to the latest version: ${newestVersion}.`;
      throw new GraphRefusal('OAuthException', 2635, message);
    }
    const credentials = credentialsOf(request.headers.authorization, query, body);
    authorize(credentials, { accessToken, appSecret, nowMs: clock.now() });
    if (page !== 'me' && page !== pageId) {
      const message = `Unsupported post request. Object with ID '${page}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`;
      throw new GraphRefusal('GraphMethodException', 100, message, 33);
    }
    return body;
  }

  function record(request: FastifyRequest, status: number, at: number, errorCode?: number): void {
    const ms = clock.now() - at;
    usage.count(at, ms);
    options.onCall({
      method: request.method,
      path: request.url.split('?', 1)[0] ?? '',
      status,
      ...(errorCode === undefined ? {} : { errorCode }),
      at,
      ms,
    });
  }

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    work: () => unknown,
  ): Promise<unknown> {
    const at = clock.now();
    if (options.latencyMs > 0) await clock.sleep(options.latencyMs, options.signal);
    let status = 200;
    let errorCode: number | undefined;
    let body: unknown;
    try {
      body = work();
    } catch (error) {
      if (!(error instanceof GraphRefusal)) throw error;
      status = 400;
      errorCode = error.code;
      body = error.body(traceId(random));
    }
    record(request, status, at, errorCode);
    return reply
      .code(status)
      .header('facebook-api-version', newestVersion)
      .header('x-business-use-case-usage', usage.header(clock.now()))
      .send(body);
  }

  server.register(async (graph) => {
    graph.removeAllContentTypeParsers();
    // Graph reads what it can and then misses the parameters of what it could not read.
    graph.addContentTypeParser('*', { parseAs: 'string' }, (request, text, done) => {
      const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
      done(null, isJson ? fieldsOf(String(text)) : {});
    });
    graph.addHook('preHandler', async (request) => {
      request.body ??= {};
    });

    graph.post<{ Params: { version: string; page: string } }>(
      '/:version/:page/messages',
      (request, reply) =>
        answer(request, reply, () => {
          const body = check(request, request.params.version, request.params.page);
          const send = parseSend(body, options.knows);
          const mid = options.perform(send);
          return { recipient_id: send.psid, ...(mid === undefined ? {} : { message_id: mid }) };
        }),
    );
    graph.all('/*', (request, reply) =>
      answer(request, reply, () => {
        const path = request.url.split('?', 1)[0] ?? '';
        throw unknownPath(path.replace(/^\/v\d+\.\d+(?=\/)/, ''));
      }),
    );
  });
}

function fieldsOf(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : {};
  } catch {
    return {};
  }
}
