import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Emulator } from '../emulator.ts';
import { callGraph, createScene, pageId, thuHa } from '../testing/scene.ts';
import { isOwnPage } from './guard.ts';

interface Heard {
  event: string;
  data: Record<string, unknown>;
}

/** Reads server-sent events until one fits. */
async function listen(
  emulator: Emulator,
  fits: (heard: Heard) => boolean,
  onFirst: () => unknown = () => undefined,
): Promise<Heard[]> {
  const answer = await fetch(`${emulator.url}/chat/events`);
  expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const heard: Heard[] = [];
  let rest = '';
  for await (const text of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const frames = (rest + text).split('\n\n');
    rest = frames.pop() ?? '';
    for (const frame of frames) {
      const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(frame) ?? [];
      if (event === undefined || data === undefined) continue;
      heard.push({ event, data: JSON.parse(data) as Record<string, unknown> });
      if (heard.length === 1) onFirst();
      if (heard.some(fits)) return heard;
    }
  }
  throw new Error('The stream ended');
}

function post(emulator: Emulator, path: string, body: unknown, headers = {}): Promise<Response> {
  return fetch(emulator.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

describe('the chat page', () => {
  it('is served with everything it asks for, and may load nothing from elsewhere', async () => {
    const { emulator } = await createScene();
    const folder = new URL('../../dist/page/', import.meta.url);
    for (const name of await readdir(folder, { recursive: true })) {
      if (!name.includes('.')) continue;
      const answer = await fetch(`${emulator.url}/${name === 'index.html' ? '' : name}`);
      expect([name, answer.status]).toEqual([name, 200]);
      const policy = answer.headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'; style-src 'self'");
      expect(policy).not.toMatch(/unsafe|https?:/);
    }
  });

  it('gets a snapshot first and then each change as it happens', async () => {
    const { emulator } = await createScene();
    const heard = await listen(
      emulator,
      ({ data }) => data['kind'] === 'message' && JSON.stringify(data).includes('"delivered"'),
      () => emulator.say(thuHa, 'xin chào'),
    );
    expect(heard[0]).toMatchObject({
      event: 'snapshot',
      data: {
        pages: [{ id: pageId, name: 'Tiệm Trà Nhỏ', profile: {} }],
        people: [{ psid: thuHa, pageId, unread: 0, blocked: false }, {}, {}, {}],
        faults: [],
        alerts: [],
        seed: emulator.seed,
      },
    });
    expect(heard[1]?.data).toMatchObject({
      kind: 'message',
      psid: thuHa,
      message: { text: 'xin chào', direction: 'out', status: 'sending' },
    });
  });

  it('starts again from the unread and the last message', async () => {
    const { emulator } = await createScene();
    await callGraph(emulator, { recipient: { id: thuHa }, message: { text: 'Có ạ' } });
    const [snapshot] = await listen(emulator, () => true);
    const person = { psid: thuHa, unread: 1, last: { text: 'Có ạ' } };
    expect(snapshot?.data).toMatchObject({ people: [person, {}, {}, {}] });
  });
});

describe('actions of the chat page', () => {
  it('write, attach and add people', async () => {
    const { emulator, webhook } = await createScene();
    const added = await post(emulator, '/chat/people', { name: '  Đỗ Mỹ Duyên ' });
    const person = (await added.json()) as { psid: string; name: string };
    const psid = expect.stringMatching(/^\d{16}$/);
    expect(person).toEqual({ psid, name: 'Đỗ Mỹ Duyên', pageId });
    const path = `/chat/people/${person.psid}/messages`;
    expect((await post(emulator, path, { text: 'chào\nquán' })).status).toBe(201);
    expect((await post(emulator, path, { attachment: 'sticker' })).status).toBe(201);
    await emulator.idle();
    expect(webhook.texts()).toEqual(['chào\nquán', undefined]);
    const kept = (await (await fetch(emulator.url + path)).json()) as { messages: unknown[] };
    expect(kept.messages).toMatchObject([{ text: 'chào\nquán' }, { attachment: 'sticker' }]);
  });

  it('tap what is on the screen', async () => {
    const { emulator, webhook } = await createScene();
    const quick_replies = [{ content_type: 'text', title: 'Có', payload: 'YES' }];
    const message = { text: 'Lấy trà?', quick_replies };
    const asked = await callGraph(emulator, { recipient: { id: thuHa }, message });
    const path = `/chat/people/${thuHa}/taps`;
    const mid = asked.body['message_id'];
    expect((await post(emulator, path, { title: 'Có', mid: 'm_none' })).status).toBe(400);
    expect((await post(emulator, path, { title: 'Có', mid })).status).toBe(201);
    expect((await post(emulator, path, { title: 'Có', mid })).status).toBe(400);
    await emulator.idle();
    expect(webhook.texts().filter((text) => text === 'Có')).toHaveLength(1);
  });

  it('tell the webhook once that a person has read', async () => {
    const { emulator, webhook } = await createScene();
    await callGraph(emulator, { recipient: { id: thuHa }, message: { text: 'Có ạ' } });
    const path = `/chat/people/${thuHa}/read`;
    expect((await post(emulator, path, {})).status).toBe(204);
    await post(emulator, path, {});
    await emulator.idle();
    const reads = webhook.posts.flatMap(({ events }) => events.filter(({ read }) => read));
    const [message] = emulator.state.conversations[thuHa]?.messages ?? [];
    expect(reads).toMatchObject([
      { sender: { id: thuHa }, read: { watermark: message?.timestamp } },
    ]);
    expect(message?.status).toBe('read');
  });

  it.each([
    ['an empty text', `/chat/people/${thuHa}/messages`, { text: ' ' }],
    ['an unknown attachment', `/chat/people/${thuHa}/messages`, { attachment: 'horse' }],
    ['an unknown person', '/chat/people/123/messages', { text: 'chào' }],
    ['a tap on nothing', `/chat/people/${thuHa}/taps`, {}],
    ['a tap of nobody', '/chat/people/123/taps', { title: 'Có' }],
    ['a strange id', '/chat/people/__proto__/messages', { text: 'chào' }],
    ['a nameless person', '/chat/people', { name: '' }],
  ])('refuse %s', async (_what, path, body) => {
    const { emulator } = await createScene();
    const answer = await post(emulator, path, body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: expect.any(String) });
    expect(emulator.state.deliveries).toEqual([]);
  });

  it('refuse other origins and anything but JSON', async () => {
    const { emulator } = await createScene();
    const path = `/chat/people/${thuHa}/messages`;
    const statuses = [
      await post(emulator, path, { text: 'x' }, { origin: 'https://evil.example' }),
      await post(emulator, path, { text: 'x' }, { origin: 'null' }),
      await post(emulator, path, { text: 'x' }, { 'content-type': 'text/plain' }),
      await post(emulator, path, { text: 'x' }, { origin: emulator.url }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([403, 403, 415, 201]);
  });
});

describe('whose page is asking', () => {
  it.each([
    ['localhost:4000', undefined, true],
    ['localhost:4000', 'http://localhost:4000', true],
    ['127.0.0.1:4000', 'http://127.0.0.1:4000', true],
    ['[::1]:4000', 'http://[::1]:4000', true],
    ['192.168.1.7:4000', undefined, true],
    ['my-laptop:4000', undefined, true],
    ['rebound.example:4000', undefined, false],
    ['localhost:4000', 'http://localhost:5000', false],
    ['localhost:4000', 'https://evil.example', false],
    [undefined, undefined, false],
    ['', undefined, false],
  ])('Host %s and Origin %s: %s', (host, origin, own) => {
    expect(isOwnPage({ host, origin }, 'my-laptop')).toBe(own);
  });
});
