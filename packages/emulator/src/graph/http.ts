import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { type Random, traceId } from '../random.ts';
import { runBatch } from './batch.ts';
import { type Fields, fieldsOf, formFields, multipartFields } from './bodies.ts';
import { badParameter, GraphRefusal, unknownPath } from './errors.ts';
import type { Graph } from './graph.ts';
import type { GraphRequest } from './request.ts';

interface HttpOptions {
  readonly graph: Graph;
  readonly clock: Clock;
  readonly random: Random;
  /** Aborted when the emulator closes. */
  readonly signal: AbortSignal;
}

/** Above the largest upload, so that a file that is too large gets Meta's refusal. */
const FORM_BYTES = 64 * 1024 * 1024;

/** A batch of fifty of the largest templates has some two million characters. */
const TEXT_BYTES = 8 * 1024 * 1024;

/** How many pieces a slow body comes in. */
const PIECES = 8;

/** Adds the Graph API to the server: every address that nothing else has. */
export function addGraphRoutes(server: FastifyInstance, options: HttpOptions): void {
  const { clock, graph, random, signal } = options;

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const asked = requestOf(request);
    if (isBatch(asked)) return batch(asked, reply);
    const answered = await graph.handle(asked);
    if (answered.kind === 'reset') {
      reply.hijack();
      request.raw.socket.resetAndDestroy();
      return reply;
    }
    const { status, headers, body, slowMs } = answered;
    reply.code(status).headers(headers);
    const [text, type] =
      typeof body === 'string' ? [body, 'text/html'] : [JSON.stringify(body), 'application/json'];
    reply.type(`${type}; charset=utf-8`);
    return reply.send(slowMs === 0 ? text : ReadableStream.from(pieces(text, slowMs)));
  }

  async function batch(asked: GraphRequest, reply: FastifyReply): Promise<unknown> {
    try {
      return await runBatch(asked, (request) => graph.handle(request));
    } catch (error) {
      if (!(error instanceof GraphRefusal)) throw error;
      return reply.code(400).send(error.body(traceId(random)));
    }
  }

  /** The bytes, piece after piece. */
  async function* pieces(text: string, ms: number): AsyncGenerator<Buffer, void, undefined> {
    const bytes = Buffer.from(text);
    const size = Math.ceil(bytes.length / PIECES);
    for (let at = 0; at < bytes.length; at += size) {
      await clock.sleep(ms / PIECES, signal);
      yield bytes.subarray(at, at + size);
    }
  }

  server.register(async (routes) => {
    routes.removeAllContentTypeParsers();
    // Graph reads what it can and then misses the parameters of what it could not read.
    routes.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: TEXT_BYTES },
      (request, text, done) => {
        const type = request.headers['content-type'] ?? '';
        const isForm = /^application\/x-www-form-urlencoded\b/i.test(type);
        done(null, isForm ? formFields(new URLSearchParams(String(text))) : fieldsOf(String(text)));
      },
    );
    routes.addContentTypeParser(
      'multipart/form-data',
      { parseAs: 'buffer', bodyLimit: FORM_BYTES },
      async (request: FastifyRequest, bytes: Buffer) =>
        multipartFields(bytes, request.headers['content-type'] ?? ''),
    );
    routes.route({ method: ['GET', 'POST', 'DELETE'], url: '/*', handler: answer });
    routes.route({ method: 'POST', url: '/', handler: answer });
    // Other methods: they are calls as well, of what nothing can do.
    routes.setNotFoundHandler(answer);
    routes.setErrorHandler((error, _request, reply) => {
      const refusal = refusalOf(error);
      return reply.code(refusal.code === 1 ? 500 : 400).send(refusal.body(traceId(random)));
    });
  });
}

/** An address that cannot be read comes to no route. */
export function refuseAddress(reply: FastifyReply, random: Random): void {
  const refusal = unknownPath('the address cannot be decoded');
  void reply.code(400).send(refusal.body(traceId(random)));
}

/** Of what came to no call: too large, of no type, or while the emulator closes. */
function refusalOf(error: unknown): GraphRefusal {
  const { statusCode = 500 } = error as { readonly statusCode?: number };
  return statusCode < 500
    ? badParameter('The body of the request is too large or of an unknown content type')
    : new GraphRefusal('OAuthException', 1, 'An unknown error has occurred.');
}

function requestOf(request: FastifyRequest): GraphRequest {
  return {
    method: request.method,
    path: request.url.split('?', 1)[0] ?? '',
    query: request.query as Fields,
    body: (request.body ?? {}) as Fields,
    authorization: request.headers.authorization,
  };
}

/** A batch goes to the API's own address. */
function isBatch({ method, path }: GraphRequest): boolean {
  return method === 'POST' && /^\/(?:v\d+\.\d+\/?)?$/.test(path);
}
