import { connect, type AddressInfo } from 'node:net';
import { signDelivery, textDelivery, toMetaJson } from '@bot/graph-client/testing';
import { createMemoryQueue } from '@bot/queue/testing';
import { createPseudonyms } from '@bot/telemetry';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { expect, vi } from 'vitest';
import { buildApp, type AppOptions } from '../app.ts';
import { privacy } from '../privacy.test-setup.ts';

export const secret = 'a-secret-of-this-test';
export const verifyToken = 'a-verify-token-of-this-test';
/** Stands in whatever an attacker writes; no answer and no line of the log may repeat it. */
export const mark = 'dau-vet-7f3a';

/** The app on a queue in memory whose events are handled at once, listening. */
export interface Webhook {
  readonly app: FastifyInstance;
  readonly port: number;
  /** The ids of the events that the queue was given. */
  readonly queued: readonly string[];
  /** Resolves when all of them are handled. */
  readonly idle: () => Promise<void>;
  readonly logged: () => string;
  readonly close: () => Promise<void>;
}

/** @param extend What a test adds to the app before it listens. */
export async function startWebhook(
  options: Partial<AppOptions> = {},
  extend: (app: FastifyInstance) => void = () => undefined,
): Promise<Webhook> {
  const { queue, work, close } = createMemoryQueue();
  work({ handle: async () => undefined });
  const queued: string[] = [];
  let logged = '';
  const app = buildApp({
    verifyToken,
    appSecrets: [secret],
    queue: {
      async add(events) {
        const outcomes = await queue.add(events);
        queued.push(...events.map(({ id }) => id));
        return outcomes;
      },
      confirmStep: (confirmation) => queue.confirmStep(confirmation),
    },
    trouble: () => undefined,
    privacy,
    pseudonyms: createPseudonyms(secret),
    log: pino({ level: 'trace' }, { write: (line: string) => void (logged += line) }),
    ...options,
  });
  extend(app);
  await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    app,
    port: (app.server.address() as AddressInfo).port,
    queued,
    idle: () =>
      vi.waitFor(async () => expect((await queue.figures()).waitingEvents).toBe(0), 20_000),
    logged: () => logged,
    async close() {
      await app.close();
      await close();
    },
  };
}

/** A request, byte for byte. */
export function rawRequest(
  line: string,
  headers: readonly string[],
  body: Uint8Array | string = '',
): Buffer {
  const head = [line, ...headers, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]);
}

/** A delivery as Meta sends it but for what `headers` say. */
export function rawDelivery(body: Uint8Array | string, headers: readonly string[] = []): Buffer {
  const length = `content-length: ${Buffer.byteLength(body)}`;
  const common = ['host: bot.example', 'connection: close', length];
  return rawRequest('POST /webhook HTTP/1.1', [...common, ...headers], body);
}

export const signature = (body: Uint8Array | string, key: string = secret): string =>
  `x-hub-signature-256: ${signDelivery(body, key)}`;

/** The delivery of a text that a person wrote. */
export const message = (mid: string): string =>
  toMetaJson(
    textDelivery({
      pageId: '104729384756123',
      psid: '6912345678901234',
      mid,
      text: `Chào shop, ${mark}`,
      timestamp: 1_763_900_000_000,
    }),
  );

/** All that comes back until the connection is closed; nothing when it is cut without a word. */
export async function exchange(port: number, bytes: Uint8Array): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => void (answer += chunk.toString('latin1')));
  // Who is cut off while writing learns it by an error; what was answered before still counts.
  socket.on('error', () => undefined);
  socket.write(bytes);
  await new Promise((resolve) => socket.once('close', resolve));
  return answer;
}

/** The status of each answer on a connection; 0 for none at all. */
export function statusesOf(answer: string): number[] {
  const found = answer.matchAll(/^HTTP\/1\.1 (\d{3}) /gm);
  const statuses = [...found].map(([, status]) => Number(status));
  return statuses.length === 0 ? [0] : statuses;
}

/** Sends a right delivery on a connection of its own. */
export async function healthy({ port }: Webhook, mid: string): Promise<number[]> {
  const body = message(mid);
  return statusesOf(await exchange(port, rawDelivery(body, [signature(body)])));
}
