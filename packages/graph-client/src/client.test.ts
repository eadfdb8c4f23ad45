import { describe, expect, it } from 'vitest';

import { createGraphClient } from './client.ts';
import { RequestError } from './errors.ts';
import { appSecretProof } from './app-secret-proof.ts';
import { createFakeTransport, createManualClock } from './testing/index.ts';
import type { FakeAnswer } from './testing/index.ts';

const accessToken = 'EAAtokentokentokentoken1234567890';
const appSecret = 'a-secret-of-the-app';
const to = '6912345678901234';

/** What a call failed with; a call that does not fail is the error then. */
async function failure(call: Promise<unknown>): Promise<unknown> {
  try {
    return new Error(`it went well: ${JSON.stringify(await call)}`);
  } catch (error) {
    return error;
  }
}

function clientAnswering(...answers: FakeAnswer[]): {
  graph: ReturnType<typeof createGraphClient>;
  transport: ReturnType<typeof createFakeTransport>;
} {
  const transport = createFakeTransport({ answers });
  return { graph: createGraphClient({ accessToken, appSecret, transport }), transport };
}

describe('a text', () => {
  it('goes out as Meta wants it and answers with its mid', async () => {
    const { graph, transport } = clientAnswering({
      body: { recipient_id: to, message_id: 'm_1' },
    });

    const sent = await graph.messages.sendText({
      to,
      text: 'Bạn vừa nói: "xin chào"',
      metadata: 'step-1',
    });

    expect(sent).toEqual({ recipientId: to, messageId: 'm_1', messageIds: ['m_1'] });
    expect(transport.requests).toEqual([
      {
        method: 'POST',
        origin: 'https://graph.facebook.com',
        path: '/v26.0/me/messages',
        query: { appsecret_proof: appSecretProof(accessToken, appSecret) },
        headers: {
          authorization: `Bearer ${accessToken}`,
          accept: 'application/json',
          'content-type': 'application/json',
        },
        body: {
          recipient: { id: to },
          messaging_type: 'RESPONSE',
          message: { text: 'Bạn vừa nói: "xin chào"', metadata: 'step-1' },
        },
      },
    ]);
  });

  it('goes to the Page, host and version that were asked for, without a proof when there is no secret', async () => {
    const transport = createFakeTransport();
    const graph = createGraphClient({
      accessToken,
      transport,
      pageId: '104729384756123',
      baseUrl: 'http://127.0.0.1:4000/graph/',
      version: 'v25.0',
    });

    await graph.messages.sendText({ to, text: 'hi', messagingType: 'UPDATE' });

    const [request] = transport.requests;
    expect(request?.origin).toBe('http://127.0.0.1:4000');
    expect(request?.path).toBe('/graph/v25.0/104729384756123/messages');
    expect(request?.query).toEqual({});
    expect(request?.body).toMatchObject({ messaging_type: 'UPDATE', message: { text: 'hi' } });
  });

  it('of 2000 characters passes', async () => {
    const { graph, transport } = clientAnswering();
    await graph.messages.sendText({ to, text: 'ữ'.repeat(2000) });
    expect(transport.requests).toHaveLength(1);
  });

  it.each([
    ['message.text', { to, text: '' }],
    ['message.metadata', { to, text: 'hi', metadata: 'x'.repeat(1001) }],
    ['message.to', { to: '../me', text: 'hi' }],
    ['message.to', { to: '', text: 'hi' }],
    ['message.to', { to: '1'.repeat(33), text: 'hi' }],
  ])('that breaks a limit is refused unsent and names %s', async (field, message) => {
    const { graph, transport } = clientAnswering();
    const error = await failure(graph.messages.sendText(message));
    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({ kind: 'configuration', field, outcome: 'not-executed' });
    expect(transport.requests).toEqual([]);
  });

  it('whose answer names no mid may have been sent', async () => {
    const { graph } = clientAnswering({ body: { recipient_id: to } });
    expect(await failure(graph.messages.sendText({ to, text: 'hi' }))).toMatchObject({
      reason: 'bad-response',
      outcome: 'unknown',
    });
  });
});

describe('a sender action', () => {
  it('carries the recipient and the action and nothing else', async () => {
    const { graph, transport } = clientAnswering();
    await graph.messages.senderAction({ to, action: 'typing_on' });
    expect(transport.requests[0]?.body).toEqual({
      recipient: { id: to },
      sender_action: 'typing_on',
    });
  });
});

describe('any other call', () => {
  it('passes query and answer through', async () => {
    const { graph, transport } = clientAnswering({ body: { first_name: 'Nguyễn' } });
    const answer = await graph.call({
      method: 'GET',
      path: to,
      query: { fields: 'first_name,last_name', limit: 2 },
    });
    expect(answer).toEqual({ first_name: 'Nguyễn' });
    expect(transport.requests[0]).toMatchObject({
      path: `/v26.0/${to}`,
      query: { fields: 'first_name,last_name', limit: '2' },
      body: undefined,
    });
  });

  it.each([
    ['call.path', { method: 'GET', path: '/me' }],
    ['call.path', { method: 'GET', path: 'me/../other' }],
    ['call.path', { method: 'GET', path: 'https://example.com' }],
    ['call.path', { method: 'GET', path: 'me?access_token=x' }],
    ['call.query.access_token', { method: 'GET', path: 'me', query: { access_token: 'x' } }],
    ['call.body', { method: 'GET', path: 'me', body: {} }],
    ['call.body', { method: 'POST', path: 'me', body: { big: 1n } }],
  ] as const)('that breaks a rule is refused and names %s', async (field, call) => {
    const { graph, transport } = clientAnswering();
    expect(await failure(graph.call(call))).toMatchObject({ kind: 'configuration', field });
    expect(transport.requests).toEqual([]);
  });
});

describe('time and signals', () => {
  it('a call that takes too long is given up after timeoutMs', async () => {
    const clock = createManualClock();
    const transport = createFakeTransport({ answers: ['hang'] });
    const graph = createGraphClient({ accessToken, transport, clock, timeoutMs: 3_000 });
    const outcome = failure(graph.messages.sendText({ to, text: 'hi' }));
    clock.advance(2_999);
    expect(clock.pending).toBe(1);
    clock.advance(1);
    expect(await outcome).toMatchObject({ reason: 'timeout', outcome: 'unknown' });
    expect(String(await outcome)).toContain('no answer within 3000 ms');
  });

  it('a call that is answered leaves no timer and no listener behind', async () => {
    const clock = createManualClock();
    const graph = createGraphClient({ accessToken, transport: createFakeTransport(), clock });
    const controller = new AbortController();
    await graph.messages.sendText({ to, text: 'hi', signal: controller.signal });
    expect(clock.pending).toBe(0);
    expect(() => controller.abort()).not.toThrow();
  });

  it('a signal gives a call up', async () => {
    const { graph } = clientAnswering('hang');
    const controller = new AbortController();
    const outcome = failure(graph.call({ method: 'GET', path: 'me', signal: controller.signal }));
    controller.abort();
    expect(await outcome).toMatchObject({ reason: 'aborted', outcome: 'unknown' });
  });

  it('a signal that is already aborted sends nothing', async () => {
    const { graph, transport } = clientAnswering();
    const signal = AbortSignal.abort();
    expect(await failure(graph.messages.sendText({ to, text: 'hi', signal }))).toMatchObject({
      reason: 'aborted',
      outcome: 'not-executed',
    });
    expect(transport.requests).toEqual([]);
  });
});

describe('a client', () => {
  it('takes no calls once closed and does not close what it was handed', async () => {
    const { graph, transport } = clientAnswering();
    await graph.close();
    await graph.close();
    expect(transport.closeCount).toBe(0);
    expect(await failure(graph.messages.sendText({ to, text: 'hi' }))).toMatchObject({
      reason: 'aborted',
      outcome: 'not-executed',
    });
    expect(transport.requests).toEqual([]);
  });

  it('takes what a broken transport throws for an unknown outcome, at once or later', async () => {
    const throwing = {
      ...createFakeTransport(),
      request: (): never => {
        throw new TypeError('boom');
      },
    };
    for (const graph of [
      clientAnswering(new TypeError('boom')).graph,
      createGraphClient({ accessToken, transport: throwing }),
    ]) {
      expect(await failure(graph.messages.sendText({ to, text: 'hi' }))).toMatchObject({
        reason: 'interrupted',
        outcome: 'unknown',
      });
    }
  });

  it.each([
    ['options.accessToken', { accessToken: '' }],
    ['options.accessToken', { accessToken: 'two words' }],
    ['options.accessToken', { accessToken: 'line\r\nbreak' }],
    ['options.appSecret', { accessToken, appSecret: '' }],
    ['options.pageId', { accessToken, pageId: 'my-page' }],
    ['options.version', { accessToken, version: '26' }],
    ['options.timeoutMs', { accessToken, timeoutMs: 0 }],
    ['options.baseUrl', { accessToken, baseUrl: 'graph.facebook.com' }],
    ['options.baseUrl', { accessToken, baseUrl: 'ftp://graph.facebook.com' }],
    ['options.baseUrl', { accessToken, baseUrl: 'https://user:pass@graph.facebook.com' }],
  ])('refuses a bad %s', (field, options) => {
    let error: unknown;
    try {
      createGraphClient(options);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({ field });
    expect(String(error)).not.toContain(accessToken);
  });
});
