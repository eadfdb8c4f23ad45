/**
 * A tea shop on Messenger, in one file: the handshake, signed deliveries, a menu with buttons,
 * and errors told apart. Without a queue, so what it has not answered when it dies is lost.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { classify, createGraphClient } from '@bot/graph-client';
import type { MessageContent } from '@bot/graph-client/builders';
import {
  answerChallenge,
  parseDelivery,
  verifySignature,
  type WebhookEvent,
} from '@bot/graph-client/webhook';

const port = process.env['PORT'] ?? '3000';
const verifyToken = setting('VERIFY_TOKEN');
const appSecret = setting('APP_SECRET');

const graph = createGraphClient({
  accessToken: setting('PAGE_ACCESS_TOKEN'),
  appSecret,
  baseUrl: process.env['GRAPH_API_URL'],
});

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Set ${name}: the dashboard of your Facebook app has it.`);
  return value;
}

const menu: MessageContent = {
  template: {
    type: 'generic',
    elements: [
      { title: 'Trà sen', subtitle: '35.000 đ', buttons: [buy('Mua trà sen', 'SEN')] },
      { title: 'Trà nhài', subtitle: '30.000 đ', buttons: [buy('Mua trà nhài', 'NHAI')] },
    ],
  },
};

function buy(title: string, tea: string): { type: 'postback'; title: string; payload: string } {
  return { type: 'postback', title, payload: `BUY:${tea}` };
}

/** What to say to an event; nothing to receipts, echoes and the like. */
function answerTo(event: WebhookEvent): MessageContent | undefined {
  if (event.channel !== 'messaging') return undefined;
  if (event.type === 'postback') {
    return event.payload?.startsWith('BUY:') === true
      ? { text: `Bạn đã chọn: ${event.title}. Cảm ơn bạn!` }
      : menu;
  }
  if (event.type !== 'text') return undefined;
  if (event.quickReplyPayload === 'MENU' || /menu|thực đơn/i.test(event.text)) return menu;
  return {
    text: 'Xin chào! Bạn muốn xem thực đơn không?',
    quickReplies: [{ title: 'Xem thực đơn', payload: 'MENU' }],
  };
}

async function handle(event: WebhookEvent): Promise<void> {
  const message = answerTo(event);
  if (message === undefined || event.psid === undefined) return;
  try {
    await graph.messages.send({ to: event.psid, message });
  } catch (error) {
    const { kind, outcome, retryAfterMs } = classify(error);
    console.error({ event: event.id, kind, outcome, retryAfterMs, reason: String(error) });
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > 4_194_304) throw new Error('A delivery has at most 4 MiB.');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname !== '/webhook') {
    response.writeHead(404).end();
  } else if (request.method === 'GET') {
    const answer = answerChallenge(Object.fromEntries(url.searchParams), verifyToken);
    if (answer.kind === 'accepted') response.end(answer.challenge);
    else response.writeHead(403).end();
  } else {
    const body = await bytesOf(request);
    const header = request.headers['x-hub-signature-256']?.toString();
    const signed = verifySignature({ body, header, secrets: [appSecret] });
    response.writeHead(signed ? 200 : 401).end();
    const delivery = signed ? parseDelivery(body) : undefined;
    if (delivery?.kind === 'delivery') await Promise.all(delivery.events.map(handle));
  }
}

const server = createServer((request, response) => {
  serve(request, response).catch(() => response.destroy());
});

server.listen(Number(port), '127.0.0.1', () => console.log(`Listening on port ${port}.`));

process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void graph.close();
});
