import { fastify, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

export interface HttpOptions {
  readonly log: Logger;
  /** The largest body, in bytes. Default 1 MiB. */
  readonly bodyLimit?: number;
  /** Time for a whole request to arrive. Default 10 s. */
  readonly requestTimeoutMs?: number;
  /** How many connections may be open; more are closed at once. Default 2,000. */
  readonly maxConnections?: number;
  /** Which connections its end closes: those without a request (`idle`), or all. Default `idle`. */
  readonly closing?: 'idle' | 'all';
}

/**
 * Serves HTTP with bounds of time, size and number, for whoever asks. No answer of its own repeats
 * what was asked.
 */
export function createHttp(options: HttpOptions): FastifyInstance {
  const { log, bodyLimit = 1024 * 1024, requestTimeoutMs: requestTimeout = 10_000 } = options;
  const app = fastify({
    bodyLimit,
    requestTimeout,
    connectionTimeout: 15_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: options.closing === 'all' || 'idle',
    http: {
      headersTimeout: requestTimeout,
      connectionsCheckingInterval: Math.min(1_000, requestTimeout),
      maxHeaderSize: 16_384,
    },
    // Fastify's own answer repeats the address.
    frameworkErrors(error, _request, reply) {
      reply.raw.writeHead(error.statusCode ?? 400, { 'content-length': 0 }).end();
    },
    logger: false,
  });
  app.server.maxConnections = options.maxConnections ?? 2_000;
  app.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ err: error, url: request.routeOptions.url }, 'request failed');
    return reply.code(status).send();
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send());
  return app;
}
