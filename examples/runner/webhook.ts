import {
  answerChallenge,
  parseDelivery,
  verifySignature,
  type WebhookEvent,
} from '@bot/graph-client/webhook';
import { QueueError, type Queue, type QueueEvent } from '@bot/queue';
import { fastify, type FastifyInstance } from 'fastify';

/** What Meta calls: the handshake, and deliveries that are answered once the queue has their events. */
export function buildWebhook(options: {
  readonly verifyToken: string;
  readonly appSecret: string;
  readonly queue: Queue;
}): FastifyInstance {
  const { verifyToken, appSecret, queue } = options;
  const app = fastify({ bodyLimit: 4 * 1024 * 1024, forceCloseConnections: true });
  // The signature covers the bytes as they came.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.get<{ Querystring: Record<string, unknown> }>('/webhook', async ({ query }, reply) => {
    const answer = answerChallenge(query, verifyToken);
    return answer.kind === 'accepted' ? answer.challenge : reply.code(403).send();
  });

  app.post('/webhook', async ({ body, headers }, reply) => {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const header = headers['x-hub-signature-256']?.toString();
    if (!verifySignature({ body: bytes, header, secrets: [appSecret] }))
      return reply.code(401).send();
    const delivery = parseDelivery(bytes);
    if (delivery.kind === 'malformed') return reply.send();
    try {
      await queue.add(delivery.events.map(toQueueEvent));
      await Promise.all(delivery.events.map((event) => confirmStep(event, queue)));
      return await reply.send();
    } catch (error) {
      // Meta sends it again.
      if (error instanceof QueueError) return reply.code(503).send();
      throw error;
    }
  });
  return app;
}

/** Each conversation has its lane. */
function toQueueEvent(event: WebhookEvent): QueueEvent {
  const { id, timestamp } = event;
  return { id, lane: laneOf(event), timestamp, data: event };
}

const laneOf = ({ pageId, psid }: WebhookEvent): string => `${pageId}:${psid ?? 'page'}`;

/** The echo of a message shows that it was sent, should nobody know. */
async function confirmStep(event: WebhookEvent, queue: Queue): Promise<void> {
  if (event.type !== 'echo' || event.metadata === undefined) return;
  const result = { messageId: event.mid };
  await queue.confirmStep({ lane: laneOf(event), stepId: event.metadata, result });
}
