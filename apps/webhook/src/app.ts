import { answerChallenge } from '@bot/graph-client/webhook';
import { addPrivacy, type PrivacyOptions } from '@bot/privacy/webhook';
import { OverloadedError, systemClock } from '@bot/queue';
import {
  addHealth,
  createHttp,
  createLargeBodies,
  refuseOverload,
  type HttpOptions,
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
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { receiveDelivery, type DeliveryQueue } from './deliveries.ts';

export interface AppOptions extends Omit<HttpOptions, 'closing'> {
  readonly verifyToken: string;
  readonly appSecrets: readonly string[];
  readonly queue: DeliveryQueue;
  /** Why the queue cannot take events now; absent when it can. */
  readonly trouble: () => string | undefined;
  readonly pseudonyms: Pseudonyms;
  /** From where on deliveries are refused. */
  readonly overload?: OverloadLimits;
  /** For Meta's data deletion callbacks; without it there are none. */
  readonly privacy?: Pick<PrivacyOptions, 'publicUrl' | 'records' | 'deadLetters'> | undefined;
  /** The largest body. Default 4 MiB, so that 1,000 events fit whatever their texts. */
  readonly bodyLimit?: number;
  /** How many bytes bodies above 64 KiB may hold together. Default 256 MiB. */
  readonly largeBodies?: number;
}

/** The HTTP side of Meta: the handshake and the deliveries. */
export function buildApp(options: AppOptions): FastifyInstance {
  const { log, queue, appSecrets, pseudonyms, privacy } = options;
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
  const refuseFor = (reply: FastifyReply, error: unknown): FastifyReply =>
    error instanceof OverloadedError
      ? refuse(reply, 'queue', error.retryAfterMs / 1_000)
      : refuse(reply, 'redis');
  const app = createHttp({ ...options, bodyLimit });

  // The signature covers the bytes, so nothing may read or refuse them first, whatever they claim
  // to be.
  app.removeAllContentTypeParsers();
  app.addHook('onRequest', ({ headers, raw }, reply, done) => {
    headers['content-type'] = 'application/octet-stream';
    if (largeBodies.admit(raw, reply.raw)) return done();
    void refuse(reply.header('connection', 'close'), 'large-bodies');
  });
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  addHealth(app, { trouble: options.trouble, registry });

  app.get<{ Querystring: Record<string, unknown> }>('/webhook', async (request, reply) => {
    const answer = answerChallenge(request.query, options.verifyToken);
    if (answer.kind === 'refused') {
      warn('handshake refused', { reason: answer.reason });
      return reply.code(403).send();
    }
    return reply.type('text/plain').send(answer.challenge);
  });

  void app.register(async (scope) => {
    await refuseOverload(scope, options.overload ?? {}, refuse);
    if (privacy) {
      const sparing = (fields: object, message: string): void => warn(message, fields);
      addPrivacy(scope, {
        ...privacy,
        appSecrets,
        queue,
        clock: systemClock,
        refuse: refuseFor,
        log: { warn: sparing, error: sparing },
      });
    }
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
    return refuseFor(reply, error);
  }

  return app;
}
