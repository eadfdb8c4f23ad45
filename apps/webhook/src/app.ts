import { answerChallenge } from '@bot/graph-client/webhook';
import { addPrivacy, type PrivacyOptions } from '@bot/privacy/webhook';
import { OverloadedError, systemClock } from '@bot/queue';
import {
  addHealth,
  createLargeBodies,
  refuseOverload,
  type OverloadLimits,
  type Refuse,
} from '@bot/service';
import {
  createRegistry,
  createSparingLog,
  createWebhookMetrics,
  currentTraceParent,
  eventFields,
  inSpan,
  type Pseudonyms,
} from '@bot/telemetry';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { receiveDelivery, type DeliveryQueue } from './deliveries.ts';

export interface AppOptions {
  readonly verifyToken: string;
  readonly appSecrets: readonly string[];
  readonly queue: DeliveryQueue;
  /** Why the queue cannot take events now; absent when it can. */
  readonly trouble: () => string | undefined;
  readonly log: Logger;
  readonly pseudonyms: Pseudonyms;
  /** From where on deliveries are refused. */
  readonly overload?: OverloadLimits;
  /** For Meta's data deletion callbacks; without it there are none. */
  readonly privacy?: Pick<PrivacyOptions, 'publicUrl' | 'records'> | undefined;
  /** The largest body. Default 4 MiB, so that 1,000 events fit whatever their texts. */
  readonly bodyLimit?: number;
  /** Time for a whole request to arrive. Default 10 s. */
  readonly requestTimeoutMs?: number;
  /** How many connections may be open; more are closed at once. Default 2,000. */
  readonly maxConnections?: number;
  /** How many bytes bodies above 64 KiB may hold together. Default 256 MiB. */
  readonly largeBodies?: number;
}

/** The HTTP side of Meta: the handshake and the deliveries. */
export function buildApp(options: AppOptions): FastifyInstance {
  const { log, queue, appSecrets, pseudonyms, privacy } = options;
  const requestTimeout = options.requestTimeoutMs ?? 10_000;
  const bodyLimit = options.bodyLimit ?? 4 * 1024 * 1024;
  const most = options.largeBodies ?? 256 * 1024 * 1024;
  const largeBodies = createLargeBodies({ bodyLimit, most });
  const registry = createRegistry();
  const metrics = createWebhookMetrics(registry);
  const warn = createSparingLog({
    write: (fields, message) => log.warn(fields, message),
    monotonic: () => systemClock.monotonic(),
  });
  const refuse: Refuse = (reply, reason, afterSeconds = 1) => {
    metrics.refused(reason);
    warn('deliveries are refused for now', { reason });
    return reply.code(503).header('retry-after', `${afterSeconds}`).send();
  };
  const app = fastify({
    bodyLimit,
    requestTimeout,
    connectionTimeout: 15_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
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

  // The signature covers the bytes, so nothing may read or refuse them first, whatever they claim
  // to be.
  app.removeAllContentTypeParsers();
  app.addHook('onRequest', ({ headers, raw }, reply, done) => {
    headers['content-type'] = 'application/octet-stream';
    if (largeBodies.admit(raw, reply.raw)) return done();
    void refuse(reply.header('connection', 'close'), 'large-bodies');
  });
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ err: error, url: request.routeOptions.url }, 'request failed');
    return reply.code(status).send();
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send());
  if (privacy) {
    const sparing = (fields: object, message: string): void => warn(message, fields);
    const sparingly = { warn: sparing, error: sparing };
    addPrivacy(app, { ...privacy, appSecrets, queue, clock: systemClock, log: sparingly });
  }
  addHealth(app, { trouble: options.trouble, registry });

  app.get<{ Querystring: Record<string, unknown> }>('/webhook', async (request, reply) => {
    const answer = answerChallenge(request.query, options.verifyToken);
    if (answer.kind === 'refused') {
      log.warn({ reason: answer.reason }, 'handshake refused');
      return reply.code(403).send();
    }
    return reply.type('text/plain').send(answer.challenge);
  });

  void app.register(async (scope) => {
    await refuseOverload(scope, options.overload ?? {}, refuse);
    // Its own trace: what a request claims to be part of is anybody's word.
    scope.post('/webhook', (request, reply) =>
      inSpan('delivery', { kind: 'server', root: true }, () => take(request, reply)),
    );
  });

  async function take(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const header = request.headers['x-hub-signature-256'];
    const signature = typeof header === 'string' ? header : undefined;
    const trace = currentTraceParent();
    // Fastify's own `elapsedTime` is 0 without a logger or a hook on the answer.
    const begun = systemClock.monotonic();
    const outcome = await receiveDelivery(body, signature, { appSecrets, queue, trace });
    metrics.delivered(outcome, (systemClock.monotonic() - begun) / 1_000);
    if (outcome.status === 401) warn('delivery with a wrong signature', { bytes: body.length });
    if ('malformed' in outcome) log.warn({ reason: outcome.malformed }, 'delivery cannot be read');
    if (log.isLevelEnabled('debug') && 'events' in outcome) {
      for (const { type, outcome: became, ...event } of outcome.events) {
        log.debug({ ...eventFields(event, pseudonyms), type, became }, 'event taken');
      }
    }
    if (outcome.status !== 503) return reply.code(outcome.status).send();
    const { error } = outcome;
    warn('queue refused a delivery', { reason: error.message });
    return error instanceof OverloadedError
      ? refuse(reply, 'queue', error.retryAfterMs / 1_000)
      : refuse(reply, 'redis');
  }

  return app;
}
