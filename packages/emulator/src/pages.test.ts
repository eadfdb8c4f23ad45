import { createGraphClient } from '@bot/graph-client';
import { expect, it, onTestFinished } from 'vitest';
import type { Emulator } from './emulator.ts';
import { createInstantClock } from './testing/instant-clock.ts';
import { callGraph, createScene, pageId, proof, secrets, thuHa } from './testing/scene.ts';

const otherPage = '200000000000002';
const alice = '24819003751462083';

const twoPages = {
  pages: [
    { id: pageId, accessToken: secrets.accessToken },
    { id: otherPage, name: 'Tea & Co', accessToken: 'other-token' },
  ],
  people: [
    { psid: thuHa, name: 'Nguyễn Thu Hà' },
    { psid: alice, name: 'Alice Johnson', pageId: otherPage },
  ],
};

function clientOf(
  { url: baseUrl }: Emulator,
  accessToken: string,
  page: string,
): ReturnType<typeof createGraphClient> {
  const { appSecret } = secrets;
  const client = createGraphClient({ baseUrl, accessToken, appSecret, pageId: page });
  onTestFinished(() => client.close());
  return client;
}

it('have their own people, profile and token', async () => {
  const { emulator, webhook } = await createScene(twoPages);
  const first = clientOf(emulator, secrets.accessToken, pageId);
  const second = clientOf(emulator, 'other-token', otherPage);
  emulator.say(thuHa, 'chào');
  emulator.say(alice, 'hello');
  await emulator.idle();
  expect(new Set(webhook.posts.map(({ body }) => body.entry[0]?.id))).toEqual(
    new Set([pageId, otherPage]),
  );

  await second.messages.sendText({ to: alice, text: 'Hi' });
  const stranger = { code: 100, subcode: 2018001 };
  await expect(first.messages.sendText({ to: alice, text: 'Hi' })).rejects.toMatchObject(stranger);
  await expect(first.users.get(alice)).rejects.toMatchObject({ code: 100, subcode: 33 });
  const crossed = clientOf(emulator, 'other-token', pageId);
  await expect(crossed.messages.sendText({ to: thuHa, text: 'x' })).rejects.toMatchObject({
    code: 100,
    subcode: 33,
  });

  await second.profile.set({ getStarted: { payload: 'START' } });
  expect(emulator.state.pages[pageId]?.profile).toEqual({});
  expect(emulator.state.pages[otherPage]?.profile).toEqual({ get_started: { payload: 'START' } });
});

it('may get a new token, and the one of before is dead', async () => {
  const { emulator } = await createScene(twoPages);
  emulator.say(thuHa, 'chào');
  emulator.replaceToken(pageId, 'new-token');
  const text = { to: thuHa, text: 'Chào' };
  const before = clientOf(emulator, secrets.accessToken, pageId);
  await expect(before.messages.sendText(text)).rejects.toMatchObject({ kind: 'token-dead' });
  await clientOf(emulator, 'new-token', pageId).messages.sendText(text);
  expect(() => emulator.replaceToken('42', 'x')).toThrow(/No Page here/);
});

it('that are throttled do not throttle each other, and use up their own allowance', async () => {
  const { emulator } = await createScene(twoPages);
  emulator.say(thuHa, 'chào');
  emulator.say(alice, 'hello');
  emulator.inject({ kind: 'throttled', pageId });
  const first = clientOf(emulator, secrets.accessToken, pageId);
  const second = clientOf(emulator, 'other-token', otherPage);
  await second.messages.sendText({ to: alice, text: 'Hi' });
  await expect(first.messages.sendText({ to: thuHa, text: 'Chào' })).rejects.toMatchObject({
    code: 80006,
  });
});

it('serve a version that is dead by the oldest that is alive, and refuse what never was', async () => {
  const clock = createInstantClock(Date.UTC(2027, 0, 20));
  const { emulator } = await createScene({ clock });
  const get = async (version: string): Promise<unknown> => {
    const path = `${emulator.url}${version}/me?appsecret_proof=${proof}`;
    const headers = { authorization: `Bearer ${secrets.accessToken}` };
    const answer = await fetch(path, { headers });
    return answer.status === 200 ? answer.headers.get('facebook-api-version') : answer.status;
  };
  await expect(get('/v21.0')).resolves.toBe('v21.0');
  await expect(get('/v6.0')).resolves.toBe('v21.0');
  await expect(get('')).resolves.toBe('v21.0');
  clock.pass(24 * 60 * 60_000);
  await expect(get('/v21.0')).resolves.toBe('v22.0');
  await expect(get('/v26.0')).resolves.toBe('v26.0');
  await expect(get('/v27.0')).resolves.toBe(400);
});

it('take calls without a proof unless it is required, but none with a wrong one', async () => {
  const { emulator } = await createScene({ requireProof: false });
  const send = (path: string): ReturnType<typeof callGraph> =>
    callGraph(emulator, { recipient: { id: thuHa }, message: { text: 'Chào' } }, { path });
  expect((await send('/me/messages')).status).toBe(200);
  expect((await send('/me/messages?appsecret_proof=0')).body).toMatchObject({
    error: { code: 100, message: expect.stringContaining('appsecret_proof') },
  });
});

it('take forms as well as JSON, as old clients send them', async () => {
  const { emulator } = await createScene();
  const form = new URLSearchParams({
    recipient: JSON.stringify({ id: thuHa }),
    message: JSON.stringify({ text: 'Chào & cảm ơn 50%' }),
    access_token: secrets.accessToken,
    appsecret_proof: proof,
  });
  const answer = await fetch(`${emulator.url}/v26.0/me/messages`, { method: 'POST', body: form });
  expect(answer.status).toBe(200);
  const [bubble] = emulator.state.conversations[thuHa]?.messages ?? [];
  expect(bubble?.text).toBe('Chào & cảm ơn 50%');
});

it('refuse more calls than Meta takes, when rates are enforced', async () => {
  const clock = createInstantClock();
  const { emulator } = await createScene({ clock, enforceRates: true });
  const client = clientOf(emulator, secrets.accessToken, pageId);
  const ask = async (times: number, call: () => Promise<unknown>): Promise<number> => {
    let taken = 0;
    for (let time = 0; time < times; time += 1) {
      taken += await call().then(
        () => 1,
        (error: unknown) => ((error as { kind: string }).kind === 'throttled' ? 0 : Number.NaN),
      );
    }
    return taken;
  };
  const raw = (edge: string, body: object): (() => Promise<unknown>) => {
    const path = `/v26.0/me/${edge}?appsecret_proof=${proof}`;
    return async () => {
      const answer = await callGraph(emulator, body, { path });
      if (answer.status !== 200) throw Object.assign(new Error('refused'), { kind: 'throttled' });
    };
  };
  const text = { recipient: { id: thuHa }, message: { text: 'Chào' } };
  await expect(ask(310, raw('messages', text))).resolves.toBe(300);
  const profile = raw('messenger_profile', { get_started: { payload: 'START' } });
  await expect(ask(12, profile)).resolves.toBe(10);
  clock.pass(1_000);
  await expect(ask(1, raw('messages', text))).resolves.toBe(1);
  await client.close();
});
