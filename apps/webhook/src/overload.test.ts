import { createHmac } from 'node:crypto';
import { signRequest } from '@bot/graph-client/testing';
import { OverloadedError, UnavailableError } from '@bot/queue';
import { createPseudonyms } from '@bot/telemetry';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { buildApp, type AppOptions } from './app.ts';
import { privacy } from './privacy.test-setup.ts';

const secret = 'a-secret-of-this-test';
const body = JSON.stringify({ object: 'page', entry: [] });
const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
const signed_request = signRequest({ userId: '218471', issuedAtMs: Date.now() }, secret);
const wish = new URLSearchParams({ signed_request }).toString();
const wishes = ['/data-deletion', '/deauthorize'];
const opened: FastifyInstance[] = [];

afterEach(async () => {
  for (const app of opened.splice(0)) await app.close();
});

function setUp(options: Partial<AppOptions> = {}): FastifyInstance {
  const app = buildApp({
    verifyToken: 'my-verify-token',
    appSecrets: [secret],
    queue: { add: async () => [], confirmStep: async () => true },
    trouble: () => undefined,
    pseudonyms: createPseudonyms(secret),
    log: pino({ level: 'silent' }),
    privacy,
    ...options,
  });
  opened.push(app);
  return app;
}

async function post(
  app: FastifyInstance,
  url = '/webhook',
): Promise<{ status: number; retryAfter: unknown; body?: string }> {
  const headers = { 'x-hub-signature-256': signature };
  const payload = url === '/webhook' ? body : wish;
  const answer = await app.inject({ method: 'POST', url, payload, headers });
  const { statusCode: status, headers: answered } = answer;
  const retryAfter = answered['retry-after'];
  return answer.body === '' ? { status, retryAfter } : { status, retryAfter, body: answer.body };
}

const get = async (app: FastifyInstance, url: string): Promise<string> =>
  (await app.inject(url)).body;

/** Keeps the event loop busy, with breaths so short that timers are late. */
async function keepBusy(until: () => boolean): Promise<void> {
  for (; !until(); await new Promise((resolve) => void setImmediate(resolve))) {
    const end = process.hrtime.bigint() + 60_000_000n;
    while (process.hrtime.bigint() < end);
  }
}

describe('an overloaded webhook', () => {
  it('refuses deliveries while its event loop is late, and takes them again after', async () => {
    const app = setUp({ overload: { eventLoopDelayMs: 20 } });
    expect((await post(app)).status).toBe(200);
    let refused = false;
    const busy = keepBusy(() => refused);
    await expect
      .poll(() => post(app), { timeout: 10_000 })
      .toEqual({ status: 503, retryAfter: '1' });
    expect(await get(app, '/livez')).toBe('{"status":"ok"}');
    refused = true;
    await busy;
    await expect.poll(() => post(app), { timeout: 10_000 }).toMatchObject({ status: 200 });
    expect(await get(app, '/metrics')).toMatch(
      /^webhook_refused_deliveries_total\{reason="event-loop"\} \d+$/m,
    );
  }, 30_000);

  it.each([{ heapBytes: 1 }, { processBytes: 1 }])(
    'refuses while %j are used',
    async (overload) => {
      const app = setUp({ overload });
      await expect
        .poll(() => post(app), { timeout: 5_000 })
        .toEqual({ status: 503, retryAfter: '1' });
      for (const path of wishes) {
        expect(await post(app, path)).toEqual({ status: 503, retryAfter: '1' });
      }
      expect(await get(app, '/metrics')).toMatch(/_deliveries_total\{reason="memory"\} \d+$/m);
      expect((await app.inject('/readyz')).statusCode).toBe(200);
      // Who asks for the handshake is no load.
      expect((await app.inject('/webhook')).statusCode).toBe(403);
    },
  );

  it.each([
    [new OverloadedError('100 events wait, of 100'), '5', 'queue'],
    [new UnavailableError('Redis did not take 1 event(s): gone. Do it again.'), '1', 'redis'],
  ])('passes on what the queue says: %s', async (error, retryAfter, reason) => {
    const app = setUp({
      queue: {
        async add() {
          throw error;
        },
        confirmStep: async () => true,
      },
    });
    for (const path of ['/webhook', ...wishes]) {
      expect(await post(app, path)).toEqual({ status: 503, retryAfter });
    }
    expect(await get(app, '/metrics')).toContain(
      `webhook_refused_deliveries_total{reason="${reason}"} 3`,
    );
  });

  it('warns of a flood of wrong signatures once, and counts them', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const app = setUp({ log });
    for (let sent = 0; sent < 20; sent += 1) {
      await app.inject({ method: 'POST', url: '/webhook', payload: body });
    }
    expect(lines).toHaveLength(1);
    expect(await get(app, '/metrics')).toContain('webhook_wrong_signatures_total 20');
  });
});
