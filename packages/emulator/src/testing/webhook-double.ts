import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One element of `entry[].messaging[]`, as far as the tests look at it. */
export interface ReceivedEvent {
  sender: { id: string };
  recipient: { id: string };
  timestamp: number;
  message?: {
    mid: string;
    text?: string;
    is_echo?: boolean;
    app_id?: number;
    metadata?: string;
    quick_reply?: { payload: string };
    reply_to?: { mid: string };
    referral?: Record<string, unknown>;
    attachments?: { type: string; payload: Record<string, unknown> }[];
  };
  postback?: {
    mid: string;
    title: string;
    payload: string;
    referral?: Record<string, unknown>;
  };
  pass_thread_control?: Record<string, unknown>;
  delivery?: { mids: string[]; watermark: number };
  read?: { watermark: number };
  reaction?: Record<string, unknown>;
  message_edit?: Record<string, unknown>;
  referral?: Record<string, unknown>;
  take_thread_control?: Record<string, unknown>;
}

interface ReceivedBody {
  readonly entry: readonly {
    readonly id: string;
    readonly messaging?: readonly ReceivedEvent[];
    readonly standby?: readonly ReceivedEvent[];
    readonly changes?: readonly { readonly field: string; readonly value: unknown }[];
  }[];
}

export interface ReceivedPost {
  readonly bytes: Buffer;
  readonly body: ReceivedBody;
  readonly headers: IncomingMessage['headers'];
  readonly events: readonly ReceivedEvent[];
}

/** A real little webhook that checks signatures over the raw bytes, as ours must. */
export interface WebhookDouble {
  readonly url: string;
  /** Every correctly signed POST, whatever was answered. */
  readonly posts: ReceivedPost[];
  readonly texts: () => (string | undefined)[];
  /** How many POSTs were being answered at once, at most. */
  readonly peak: () => number;
  close(): Promise<void>;
}

export interface WebhookDoubleOptions {
  readonly appSecret: string;
  readonly verifyToken: string;
  /** The status for the nth correctly signed POST, from 0; may take its time. Default 200. */
  readonly answer?: (count: number, post: ReceivedPost) => number | Promise<number>;
}

export async function createWebhookDouble(options: WebhookDoubleOptions): Promise<WebhookDouble> {
  const posts: ReceivedPost[] = [];
  let open = 0;
  let peak = 0;

  async function statusOf(request: IncomingMessage): Promise<number> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const hex = createHmac('sha256', options.appSecret).update(bytes).digest('hex');
    if (request.headers['x-hub-signature-256'] !== `sha256=${hex}`) return 401;
    const body = JSON.parse(bytes.toString()) as ReceivedBody;
    const events = body.entry.flatMap(({ messaging = [], standby = [] }) => [
      ...messaging,
      ...standby,
    ]);
    const post = { bytes, headers: request.headers, body, events };
    posts.push(post);
    return (await options.answer?.(posts.length - 1, post)) ?? 200;
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const status = await statusOf(request);
    open -= 1;
    response.writeHead(status).end();
  }

  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      const query = new URL(request.url ?? '', 'http://webhook').searchParams;
      const right = query.get('hub.verify_token') === options.verifyToken;
      response.writeHead(right ? 200 : 403).end(right ? query.get('hub.challenge') : '');
      return;
    }
    open += 1;
    peak = Math.max(peak, open);
    void respond(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    posts,
    texts: () => posts.flatMap((post) => post.events.map((event) => event.message?.text)),
    peak: () => peak,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
