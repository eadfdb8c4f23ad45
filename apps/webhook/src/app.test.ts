import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { signRequest } from '@bot/graph-client/testing';
import { UnavailableError, type QueueEvent, type StepConfirmation } from '@bot/queue';
import { createPseudonyms } from '@bot/telemetry';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { buildApp, type AppOptions } from './app.ts';
import { privacy } from './privacy.test-setup.ts';

const secret = 'a-secret-of-this-test';
const opened: FastifyInstance[] = [];

afterEach(async () => {
  for (const app of opened.splice(0)) await app.close();
});

/** The app on a queue that keeps what it is given, and what it logged. */
function setUp(options: Partial<AppOptions> = {}): {
  app: FastifyInstance;
  added: QueueEvent[];
  confirmed: StepConfirmation[];
  logged: () => string;
} {
  const added: QueueEvent[] = [];
  const confirmed: StepConfirmation[] = [];
  let logged = '';
  const app = buildApp({
    verifyToken: 'my-verify-token',
    appSecrets: [secret],
    queue: {
      async add(events) {
        added.push(...events);
        return events.map(() => 'accepted');
      },
      async confirmStep(confirmation) {
        confirmed.push(confirmation);
        return true;
      },
    },
    trouble: () => undefined,
    pseudonyms: createPseudonyms(secret),
    log: pino({ level: 'trace' }, { write: (line: string) => void (logged += line) }),
    ...options,
  });
  opened.push(app);
  return { app, added, confirmed, logged: () => logged };
}

const sign = (body: string | Buffer, key = secret): string =>
  `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;

async function post(
  app: FastifyInstance,
  body: string,
  headers: Record<string, string> = { 'x-hub-signature-256': sign(body) },
): Promise<{ status: number; body: string; headers: object }> {
  const answer = await app.inject({
    method: 'POST',
    url: '/webhook',
    payload: body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: answer.statusCode, body: answer.body, headers: answer.headers };
}

const text = (index: number, words = 'xin chào'): object => ({
  sender: { id: `20000000000${index % 7}` },
  recipient: { id: '100' },
  timestamp: 1_700_000_000_000 + index,
  message: { mid: `m_${index}`, text: words },
});

const delivery = (messaging: readonly object[]): string =>
  JSON.stringify({ object: 'page', entry: [{ id: '100', time: 1_700_000_000_000, messaging }] });

describe('the handshake', () => {
  const ask = (token: string, challenge: string): string =>
    `/webhook?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=${challenge}`;

  it('answers the challenge to who knows the token', async () => {
    const { app } = setUp();
    const answer = await app.inject(ask('my-verify-token', '1158201444'));
    expect([answer.statusCode, answer.body]).toEqual([200, '1158201444']);
  });

  it('refuses everybody else and reflects nothing', async () => {
    const { app } = setUp();
    const wrong = [ask('other', '1'), ask('my-verify-token', '<script>'), '/webhook'];
    for (const url of wrong) {
      const answer = await app.inject(url);
      expect([url, answer.statusCode, answer.body]).toEqual([url, 403, '']);
    }
  });

  it('that is refused again and again is one line of the log', async () => {
    const { app, logged } = setUp();
    for (let count = 0; count < 20; count += 1) await app.inject(ask('other', '1'));
    expect(logged().match(/"reason":.*"handshake refused"/g)).toHaveLength(1);
  });
});

describe('a delivery', () => {
  it('puts each event into the lane of its conversation', async () => {
    const { app, added } = setUp();
    expect((await post(app, delivery([text(1), text(2)]))).status).toBe(200);
    expect(added.map(({ id, lane, timestamp }) => ({ id, lane, timestamp }))).toEqual([
      {
        id: expect.stringContaining('m_1'),
        lane: '100:200000000001',
        timestamp: 1_700_000_000_001,
      },
      {
        id: expect.stringContaining('m_2'),
        lane: '100:200000000002',
        timestamp: 1_700_000_000_002,
      },
    ]);
    expect(added[0]?.data).toMatchObject({ type: 'text', text: 'xin chào' });
  });

  it.each([
    ['no signature', {}],
    ['another secret', { 'x-hub-signature-256': sign(delivery([text(1)]), 'another') }],
    ['the old header', { 'x-hub-signature': sign(delivery([text(1)])) }],
    ['a tail', { 'x-hub-signature-256': `${sign(delivery([text(1)]))}00` }],
    ['no prefix', { 'x-hub-signature-256': sign(delivery([text(1)])).slice(7) }],
  ])('with %s gets a bare 401 and reaches nothing', async (_name, headers) => {
    const { app, added } = setUp();
    expect(await post(app, delivery([text(1)]), headers)).toMatchObject({ status: 401, body: '' });
    expect(added).toEqual([]);
  });

  it('is refused before it is parsed: wrongly signed nonsense is a 401 as well', async () => {
    const { app } = setUp();
    expect((await post(app, '{', { 'x-hub-signature-256': sign('x') })).status).toBe(401);
  });

  it('is checked as bytes, in the form Meta escapes them', async () => {
    const { app, added } = setUp();
    const escaped = delivery([text(1, 'CHAO')]).replace('CHAO', String.raw`Ch\u00e0o b\u1ea1n`);
    expect((await post(app, escaped)).status).toBe(200);
    expect(added[0]?.data).toMatchObject({ text: 'Chào bạn' });
  });

  it('is accepted under each secret while one is rotated', async () => {
    const { app } = setUp({ appSecrets: ['the-new-secret', secret] });
    expect((await post(app, delivery([text(1)]))).status).toBe(200);
  });

  it('of 1,000 events with long texts is accepted whole', async () => {
    const { app, added } = setUp();
    const body = delivery(
      Array.from({ length: 1_000 }, (_, index) => text(index, 'ắ'.repeat(600))),
    );
    expect(body.length).toBeGreaterThan(700_000);
    expect((await post(app, body)).status).toBe(200);
    expect(added).toHaveLength(1_000);
  });

  it.each([
    ['standby only', { object: 'page', entry: [{ id: '100', time: 1, standby: [text(1)] }] }],
    [
      'an unknown kind',
      { object: 'page', entry: [{ id: '100', time: 1, messaging: [{ new: 1 }] }] },
    ],
    ['an unknown object', { object: 'comet', entry: [{ id: '100', time: 1, changes: [] }] }],
    ['no entry', { object: 'page' }],
    ['a list', [1, null, 'x']],
  ])('with %s is accepted', async (_name, value) => {
    const { app } = setUp();
    expect((await post(app, JSON.stringify(value))).status).toBe(200);
  });

  it('serves the neighbours of a strange event', async () => {
    const { app, added } = setUp();
    const strange = { sender: { id: '../../etc' }, message: 7, timestamp: 'soon' };
    expect((await post(app, delivery([text(1), strange, text(2)]))).status).toBe(200);
    expect(added.filter(({ lane }) => lane.startsWith('100:2'))).toHaveLength(2);
  });

  it('that is signed but no JSON is taken, because Meta would send it again for hours', async () => {
    const { app, logged } = setUp();
    expect((await post(app, 'not json')).status).toBe(200);
    expect(logged()).toContain('delivery cannot be read');
  });

  it('whatever its content type, is read', async () => {
    const { app, added } = setUp();
    const body = delivery([text(1)]);
    for (const type of ['text/plain', 'application/json; charset=utf-8', 'x']) {
      const headers = { 'x-hub-signature-256': sign(body), 'content-type': type };
      expect.soft((await post(app, body, headers)).status, type).toBe(200);
    }
    expect(added).toHaveLength(3);
  });

  it('with the echo of a reply confirms the step that sent it, and no other event does', async () => {
    const { app, added, confirmed } = setUp();
    const echo = {
      sender: { id: '100000000000001' },
      recipient: { id: '20000000007' },
      timestamp: 1_700_000_000_000,
      message: { mid: 'm_echo', is_echo: true, text: 'Chào', metadata: 'message.m_1/reply-1' },
    };
    const { metadata: _, ...byHand } = echo.message;
    const body = delivery([text(1), echo, { ...echo, message: { ...byHand, mid: 'm_2' } }]);
    expect((await post(app, body)).status).toBe(200);
    expect(added).toHaveLength(3);
    expect(confirmed).toEqual([
      {
        lane: expect.stringMatching(/:20000000007$/),
        stepId: 'message.m_1/reply-1',
        result: { messageId: 'm_echo' },
      },
    ]);
  });

  it.each(['add', 'confirmStep'] as const)(
    'gets 503 when Redis does not take its %s',
    async (name) => {
      const refuse = (): Promise<never> => Promise.reject(new UnavailableError('Redis is away.'));
      const queue = { add: async () => [], confirmStep: async () => true, [name]: refuse };
      const { app, logged } = setUp({ queue });
      const echo = { mid: 'm_3', is_echo: true, metadata: 'message.m_1/reply-1' };
      const sent = { recipient: { id: '20000000007' }, timestamp: 1, message: echo };
      const answer = await post(app, delivery([text(1, 'bí mật'), sent]));
      expect(answer).toMatchObject({ status: 503, body: '', headers: { 'retry-after': '1' } });
      expect(logged()).not.toContain('bí mật');
    },
  );

  it('larger than the limit gets 413', async () => {
    const { app } = setUp({ bodyLimit: 1_000 });
    expect((await post(app, delivery([text(1, 'a'.repeat(1_000))]))).status).toBe(413);
  });

  it('that never ends is cut off', async () => {
    const { app } = setUp({ requestTimeoutMs: 50 });
    await app.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    socket.write('POST /webhook HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
    let answer = '';
    socket.on('data', (chunk) => void (answer += chunk.toString()));
    await new Promise((resolve) => socket.once('close', resolve));
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });
});

describe('health', () => {
  it('says that the process lives, and whether it can take work', async () => {
    let trouble: string | undefined = 'Redis is reconnecting';
    const { app } = setUp({ trouble: () => trouble });
    expect((await app.inject('/livez')).statusCode).toBe(200);
    expect((await app.inject('/readyz')).json()).toEqual({
      status: 'unavailable',
      reason: 'Redis is reconnecting',
    });
    trouble = undefined;
    expect((await app.inject('/readyz')).statusCode).toBe(200);
  });

  it('counts deliveries and events', async () => {
    const { app } = setUp();
    await post(app, delivery([text(1), text(2)]));
    await post(app, 'x', {});
    const { body } = await app.inject('/metrics');
    expect(body).toContain('webhook_events_total{type="text",outcome="accepted"} 2');
    expect(body).toContain('webhook_delivery_seconds_count{status="200"} 1');
    expect(body).toContain('webhook_delivery_seconds_count{status="401"} 1');
    const [, seconds] = /webhook_delivery_seconds_sum\{status="200"\} (.+)/.exec(body) ?? [];
    expect(Number(seconds)).toBeGreaterThan(0);
  });
});

describe("Meta's data deletion callbacks", () => {
  const signed = signRequest({ userId: '218471', issuedAtMs: Date.now() }, secret);
  const ask = (app: FastifyInstance) =>
    app.inject({
      method: 'POST',
      url: '/data-deletion',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ signed_request: signed }).toString(),
    });

  it('are taken where the world reaches the webhook', async () => {
    const { app, added } = setUp({ privacy });
    expect((await ask(app)).json()).toHaveProperty('confirmation_code');
    expect(added).toMatchObject([{ data: { type: 'data-deletion', userId: '218471' } }]);
  });

  it('are not there when nobody said where that is', async () => {
    const { app, added } = setUp();
    expect((await ask(app)).statusCode).toBe(404);
    expect(added).toEqual([]);
  });
});
