import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { EMULATED_APP_ID } from '../webhook/events.ts';
import { createInstantClock } from '../testing/instant-clock.ts';
import { callGraph, createScene, pageId, proof, secrets, thuHa } from '../testing/scene.ts';

const send = (text: unknown, more: object = {}): object => ({
  recipient: { id: thuHa },
  messaging_type: 'RESPONSE',
  message: { text, ...more },
});

describe('a text send', () => {
  it('is answered with ids, shown in the chat, echoed with its metadata, and reported delivered', async () => {
    const { emulator, webhook } = await createScene();
    const text = 'Bạn vừa nói: "xin chào"';
    const answer = await callGraph(emulator, send(text, { metadata: 'bước-1' }));
    await emulator.idle();

    expect(answer.status).toBe(200);
    const { message_id: mid } = answer.body;
    expect(answer.body).toEqual({ recipient_id: thuHa, message_id: expect.stringMatching(/^m_/) });
    expect(emulator.state.conversations[thuHa]?.messages).toMatchObject([
      { mid, direction: 'in', text, metadata: 'bước-1', status: 'delivered' },
    ]);
    const [echo, receipt] = webhook.posts.map(({ events }) => events[0]);
    expect(echo).toMatchObject({
      sender: { id: pageId },
      recipient: { id: thuHa },
      message: { mid, text, is_echo: true, app_id: EMULATED_APP_ID, metadata: 'bước-1' },
    });
    expect(receipt).toMatchObject({
      sender: { id: thuHa },
      recipient: { id: pageId },
      delivery: { mids: [mid], watermark: echo?.timestamp },
    });
    expect(emulator.state.deliveries.map(({ events: [event] }) => event)).toMatchObject([
      { field: 'message_echoes', mids: [mid] },
      { field: 'message_deliveries', mids: [mid] },
    ]);
  });

  it.each([
    ['me and a proof in the body', '/v26.0/me/messages', { appsecret_proof: proof }, {}],
    [
      'the token as a parameter',
      `/v25.0/me/messages?access_token=${secrets.accessToken}&appsecret_proof=${proof}`,
      {},
      { authorization: '' },
    ],
  ])('is taken with %s', async (_what, path, more, headers) => {
    const { emulator } = await createScene();
    const answer = await callGraph(emulator, { ...send('chào'), ...more }, { path, headers });
    expect(answer.status).toBe(200);
  });

  it('is taken with a time-stamped proof for five minutes', async () => {
    const clock = createInstantClock();
    const { emulator } = await createScene({ clock });
    const call = async (ageS: number): Promise<number> => {
      const time = Math.floor(clock.now() / 1000) - ageS;
      const stamped = createHmac('sha256', secrets.appSecret)
        .update(`${secrets.accessToken}|${time}`)
        .digest('hex');
      const path = `/v26.0/me/messages?appsecret_proof=${stamped}&appsecret_time=${time}`;
      return (await callGraph(emulator, send('chào'), { path })).status;
    };
    await expect(call(299)).resolves.toBe(200);
    await expect(call(301)).resolves.toBe(400);
  });

  it('of exactly 2000 characters is taken, an emoji counting as two', async () => {
    const { emulator } = await createScene();
    expect((await callGraph(emulator, send('ă'.repeat(2000)))).status).toBe(200);
    expect((await callGraph(emulator, send('🙂'.repeat(1000)))).status).toBe(200);
    expect((await callGraph(emulator, send('🙂'.repeat(1001)))).status).toBe(400);
  });
});

describe('sender actions', () => {
  it('show and hide the typing dots and mark what was written as read', async () => {
    const { emulator } = await createScene();
    emulator.say(thuHa, 'xin chào');
    await emulator.idle();
    const conversation = emulator.state.conversations[thuHa];
    const act = (sender_action: string): ReturnType<typeof callGraph> =>
      callGraph(emulator, { recipient: { id: thuHa }, sender_action });

    expect((await act('typing_on')).body).toEqual({ recipient_id: thuHa });
    expect(conversation?.typingUntil).toBeGreaterThan(0);
    await act('typing_off');
    expect(conversation?.typingUntil).toBe(0);
    await act('typing_on');
    await callGraph(emulator, send('chào bạn'));
    expect(conversation?.typingUntil).toBe(0);
    expect(conversation?.messages[0]?.status).toBe('delivered');
    await act('mark_seen');
    expect(conversation?.messages[0]?.status).toBe('read');
  });
});

describe('a refused call', () => {
  const right = `/v26.0/${pageId}/messages?appsecret_proof=${proof}`;
  const to = (id: unknown): object => ({ recipient: { id }, message: { text: 'chào' } });
  const refusals: [string, unknown, object, object][] = [
    ['no token', send('chào'), { headers: { authorization: '' } }, { code: 104 }],
    [
      'a wrong token',
      send('chào'),
      { headers: { authorization: 'Bearer other' } },
      { code: 190, type: 'OAuthException' },
    ],
    [
      'no appsecret_proof',
      send('chào'),
      { path: '/v26.0/me/messages' },
      { code: 100, message: 'API calls from the server require an appsecret_proof argument' },
    ],
    [
      'a wrong appsecret_proof',
      send('chào'),
      { path: '/v26.0/me/messages?appsecret_proof=00' },
      { code: 100, message: 'Invalid appsecret_proof provided in the API argument' },
    ],
    ['an unknown version', send('chào'), { path: right.replace('v26.0', 'v99.0') }, { code: 2635 }],
    [
      'an unknown path',
      {},
      { path: `/v26.0/me/mesages?appsecret_proof=${proof}` },
      { code: 2500, message: 'Unknown path components: /mesages' },
    ],
    [
      'another Page',
      send('chào'),
      { path: right.replace(pageId, '42') },
      { code: 100, error_subcode: 33, type: 'GraphMethodException' },
    ],
    ['a body that is not JSON', '{', {}, { code: 100 }],
    ['a form', 'a=b', { headers: { 'content-type': 'text/plain' } }, { code: 100 }],
    ['a recipient without an id', { recipient: 'x', message: { text: 'x' } }, {}, { code: 100 }],
    ['an unknown person', to('9999999999999999'), {}, { code: 100, error_subcode: 2018001 }],
    ['an id with other letters', to('__proto__'), {}, { code: 100, error_subcode: 2018001 }],
    ['an empty text', send('  '), {}, { code: 100 }],
    ['a text that is no text', send(7), {}, { code: 100 }],
  ];

  it.each(refusals)('for %s has its error and sends nothing', async (_what, body, how, error) => {
    const { emulator, webhook } = await createScene();
    const answer = await callGraph(emulator, body, how);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      error: { message: expect.any(String), fbtrace_id: expect.any(String), ...error },
    });
    expect(emulator.state.conversations[thuHa]?.messages).toEqual([]);
    expect(webhook.posts).toEqual([]);
    expect(emulator.state.calls).toMatchObject([
      { method: 'POST', status: 400, errorCode: (error as { code: number }).code },
    ]);
  });
});

describe('every call', () => {
  it('is in the state without its query, and uses up the allowance', async () => {
    const clock = createInstantClock();
    const { emulator } = await createScene({ clock, latencyMs: 120 });
    const use = async (): Promise<number> => {
      const { headers } = await callGraph(emulator, send('chào'));
      const usage = JSON.parse(headers.get('x-business-use-case-usage') ?? '{}') as Record<
        string,
        { type: string; call_count: number }[]
      >;
      expect(usage[pageId]).toMatchObject([{ type: 'messenger' }]);
      return usage[pageId]?.[0]?.call_count ?? 0;
    };
    const first = await use();
    for (let call = 0; call < 200; call += 1) await use();
    expect(first).toBe(1);
    expect(await use()).toBeGreaterThan(first);

    expect(clock.pauses[0]).toBe(120);
    expect(emulator.state.calls[0]).toMatchObject({
      method: 'POST',
      path: `/v26.0/${pageId}/messages`,
      status: 200,
      ms: 120,
    });
    const written = JSON.stringify(emulator.state);
    expect(written).not.toContain(secrets.accessToken);
    expect(written).not.toContain(proof);
  });
});
