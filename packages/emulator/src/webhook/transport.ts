import { Pool } from 'undici';

/** Nothing came; why. */
interface NoAnswer {
  readonly kind: 'no-answer';
  readonly error: string;
}

/** What the webhook answered. */
interface Answer {
  readonly kind: 'answer';
  readonly status: number;
}

/** HTTP out: everything the emulator says to the webhook goes through here. */
export interface Transport {
  /** POSTs the bytes as they are; of the answer only the status counts. Never rejects. */
  post(
    body: string,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<Answer | NoAnswer>;
  /** GETs the webhook's address with these parameters added. Never rejects. */
  get(
    query: Record<string, string>,
    signal: AbortSignal,
  ): Promise<(Answer & { readonly body: string }) | NoAnswer>;
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

  return {
    async post(body, headers, signal) {
      const path = target.pathname + target.search;
      try {
        const answer = await pool.request({ method: 'POST', path, headers, body, signal });
        // Not waited for: the webhook has answered.
        answer.body.dump({ limit: ANSWER_BYTES }).catch(() => {});
        return { kind: 'answer', status: answer.statusCode };
      } catch (error) {
        return noAnswer(error);
      }
    },
    async get(query, signal) {
      const url = new URL(target);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      const path = url.pathname + url.search;
      try {
        const answer = await pool.request({ method: 'GET', path, signal });
        return { kind: 'answer', status: answer.statusCode, body: await answer.body.text() };
      } catch (error) {
        return noAnswer(error);
      }
    },
    close: () => pool.destroy(),
  };
}

function noAnswer(error: unknown): NoAnswer {
  const { code, name } = error as { readonly code?: unknown; readonly name?: string };
  return { kind: 'no-answer', error: typeof code === 'string' ? code : (name ?? 'unknown') };
}
