import { Pool } from 'undici';

/** What the webhook answered, or why nothing came. */
export type WebhookAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  | { readonly kind: 'no-answer'; readonly error: string };

/** HTTP out: everything the emulator says to the webhook goes through here. */
export interface Transport {
  /** POSTs the bytes as they are. Never rejects. */
  post(body: string, headers: Record<string, string>, signal: AbortSignal): Promise<WebhookAnswer>;
  /** GETs the webhook's address with these parameters added. Never rejects. */
  get(query: Record<string, string>, signal: AbortSignal): Promise<WebhookAnswer>;
  close(): Promise<void>;
}

/** Meta wants an answer within 5 seconds (developers.facebook.com/docs/messenger-platform/webhooks). */
const ANSWER_TIMEOUT_MS = 5_000;

/** More of an answer than this is not read. */
const ANSWER_BYTES = 64 * 1024;

export function createTransport(webhookUrl: string, connections: number): Transport {
  const target = new URL(webhookUrl);
  const pool = new Pool(target.origin, {
    connections,
    connect: { timeout: ANSWER_TIMEOUT_MS },
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: ANSWER_TIMEOUT_MS,
    maxResponseSize: ANSWER_BYTES,
  });

  async function request(
    method: 'GET' | 'POST',
    path: string,
    headers: Record<string, string>,
    body: string | null,
    signal: AbortSignal,
  ): Promise<WebhookAnswer> {
    try {
      const answer = await pool.request({ method, path, headers, body, signal });
      return { kind: 'answer', status: answer.statusCode, body: await answer.body.text() };
    } catch (error) {
      return { kind: 'no-answer', error: reasonOf(error) };
    }
  }

  return {
    post: (body, headers, signal) =>
      request('POST', target.pathname + target.search, headers, body, signal),
    get(query, signal) {
      const url = new URL(target);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      return request('GET', url.pathname + url.search, {}, null, signal);
    },
    close: () => pool.destroy(),
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = (error as NodeJS.ErrnoException).code;
  return typeof code === 'string' ? code : error.name;
}
