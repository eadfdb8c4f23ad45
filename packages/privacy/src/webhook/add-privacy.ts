import { parseSignedRequest } from '@bot/graph-client/webhook';
import { laneTimes, type Clock, type DeadLetters, type QueueEvent } from '@bot/queue';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { codeOf, eventIdOf, toQueueEvent, TRY_FOR_MS } from '../deletion.ts';
import type { DeletionRecords } from '../records.ts';
import { statusHeaders, statusPage, type ShownState } from './status-page.ts';

export interface PrivacyOptions {
  /** One, or several while one replaces another. */
  readonly appSecrets: readonly string[];
  readonly queue: { add(events: readonly QueueEvent[]): Promise<unknown> };
  /** Where a wish is that was given up on. */
  readonly deadLetters: Pick<DeadLetters, 'get'>;
  readonly records: DeletionRecords;
  /**
   * How the world reaches this app, such as `https://bot.example`, without a slash at its end. Never
   * guessed from a request: its `Host` is what the sender writes.
   */
  readonly publicUrl: string;
  readonly clock: Pick<Clock, 'now'>;
  /** Answers 503 to a wish that the queue did not take for this reason. */
  readonly refuse: (reply: FastifyReply, error: unknown) => FastifyReply;
  readonly log: Record<'warn' | 'error', (fields: object, message: string) => void>;
}

type Taken =
  | { readonly status: 200; readonly code: string }
  | { readonly status: 400 | 401 }
  | { readonly status: 503; readonly error: unknown };

/** A wish that nobody has carried out or given up on for so long is none that is being carried out. */
const STUCK_AFTER_MS = TRY_FOR_MS + 24 * 60 * 60 * 1_000;

/** Room for a `signed_request` whose characters are all escaped. */
const MOST_BYTES = 32_768;

/**
 * The addresses that Meta's dashboard asks for: `POST /data-deletion`, `POST /deauthorize`, and
 * `GET /data-deletion/<code>`, a page that says what became of a wish. A wish that is answered with 200
 * is in the queue. A request older than the queue remembers ids is refused, so that none is carried out
 * twice.
 *
 * Bodies must come as bytes, whatever their `content-type`.
 *
 * @see https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
 */
export function addPrivacy(app: FastifyInstance, options: PrivacyOptions): void {
  const { appSecrets: secrets, queue, records, publicUrl, clock, refuse, log } = options;

  async function take(body: unknown, path: string): Promise<Taken> {
    if (!Buffer.isBuffer(body) || body.length > MOST_BYTES) return { status: 400 };
    const text = new URLSearchParams(body.toString()).get('signed_request') ?? '';
    const nowMs = clock.now();
    const request = parseSignedRequest(text, { secrets, nowMs, maxAgeMs: laneTimes.seenMs });
    if (request.kind === 'refused') {
      const { reason } = request;
      log.warn({ path, reason }, 'signed request refused');
      return { status: reason === 'signature' ? 401 : 400 };
    }
    const { userId, issuedAtMs } = request;
    const code = codeOf(text);
    try {
      await queue.add([toQueueEvent({ type: 'data-deletion', userId, code }, issuedAtMs)]);
      await records.received(code, nowMs);
      return { status: 200, code };
    } catch (error) {
      // Meta's next attempt, or the person's, has the same code and changes nothing twice.
      log.error({ err: error, path }, 'the queue refused a data deletion');
      return { status: 503, error };
    }
  }

  async function stateOf(code: string): Promise<ShownState | undefined> {
    const state = await records.read(code);
    if (state?.kind !== 'received') return state;
    const isStuck =
      clock.now() - state.atMs > STUCK_AFTER_MS ||
      (await options.deadLetters.get(eventIdOf(code))) !== undefined;
    return isStuck ? { kind: 'stuck', atMs: state.atMs } : state;
  }

  const answer = (reply: FastifyReply, taken: Exclude<Taken, { status: 200 }>): FastifyReply =>
    taken.status === 503 ? refuse(reply, taken.error) : reply.code(taken.status).send();

  app.post('/data-deletion', async ({ body }, reply) => {
    const taken = await take(body, '/data-deletion');
    if (taken.status !== 200) return answer(reply, taken);
    const { code } = taken;
    return { url: `${publicUrl}/data-deletion/${code}`, confirmation_code: code };
  });

  app.post('/deauthorize', async ({ body }, reply) => {
    const taken = await take(body, '/deauthorize');
    return taken.status === 200 ? reply.send() : answer(reply, taken);
  });

  app.get<{ Params: { code: string } }>('/data-deletion/:code', async ({ params }, reply) => {
    try {
      const state = await stateOf(params.code);
      if (state === undefined) return await reply.code(404).send();
      return await reply.headers(statusHeaders).send(statusPage(state));
    } catch (err) {
      log.error({ err }, 'the state of a data deletion cannot be read');
      return reply.code(503).header('retry-after', '1').send();
    }
  });
}
