import { describe, expect, it } from 'vitest';
import type { Emulator } from '../emulator.ts';
import {
  callGraph,
  createScene,
  graphPath,
  pageId,
  proof,
  secrets,
  thuHa,
} from '../testing/scene.ts';

async function post(emulator: Emulator, path: string, body: unknown = {}): Promise<unknown[]> {
  const answer = await fetch(emulator.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  return [answer.status, text === '' ? undefined : (JSON.parse(text) as unknown)];
}

const person = `/chat/people/${thuHa}`;

describe('what the panel shows', () => {
  it('is what happened around a conversation: raw deliveries and calls, without secrets', async () => {
    const { emulator } = await createScene();
    const { mid } = emulator.say(thuHa, 'xin chào');
    await callGraph(emulator, { recipient: { id: thuHa }, message: { text: 'Chào bạn' } });
    emulator.say('7028841196350412', 'người khác');
    await emulator.idle();
    const text = await (await fetch(`${emulator.url}${person}/timeline`)).text();
    const timeline = JSON.parse(text) as Record<string, object[]>;
    expect(timeline['deliveries']).toMatchObject([
      {
        events: [{ field: 'messages', psid: thuHa, mids: [mid] }],
        body: expect.stringContaining(String.raw`xin ch\u00e0o`),
        signature: expect.stringMatching(/^sha256=[0-9a-f]{64}$/),
        attempts: [{ status: 200 }],
      },
      { events: [{ field: 'message_echoes' }] },
      { events: [{ field: 'message_deliveries' }] },
    ]);
    expect(timeline['calls']).toMatchObject([
      {
        method: 'POST',
        parameters: { message: { text: 'Chào bạn' } },
        response: { recipient_id: thuHa },
        status: 200,
      },
    ]);
    for (const secret of [...Object.values(secrets), proof]) expect(text).not.toContain(secret);
  });
});

describe('what the panel does', () => {
  it('injects faults and removes them', async () => {
    const { emulator } = await createScene();
    const [status, fault] = await post(emulator, '/chat/faults', { kind: 'reset', times: 2 });
    expect([status, fault]).toMatchObject([201, { fault: { kind: 'reset' }, hits: 0, left: 2 }]);
    await expect(post(emulator, '/chat/faults', { kind: 'resett' })).resolves.toMatchObject([
      400,
      { error: expect.stringContaining('kind') },
    ]);
    const { id } = fault as { id: string };
    const gone = await fetch(`${emulator.url}/chat/faults/${id}`, { method: 'DELETE' });
    expect(gone.status).toBe(204);
    expect(emulator.state.faults).toEqual([]);
  });

  it('replays a delivery', async () => {
    const { emulator, webhook } = await createScene();
    emulator.say(thuHa, 'một');
    await emulator.idle();
    const [delivery] = emulator.state.deliveries;
    await expect(post(emulator, `/chat/deliveries/${delivery?.id}/replay`)).resolves.toMatchObject([
      201,
      { id: expect.any(String) },
    ]);
    await emulator.idle();
    expect(webhook.texts()).toEqual(['một', 'một']);
    await expect(post(emulator, '/chat/deliveries/none/replay')).resolves.toMatchObject([400, {}]);
  });

  it('shakes hands, and subscribes a Page again', async () => {
    const { emulator, webhook } = await createScene();
    await expect(post(emulator, '/chat/handshake')).resolves.toEqual([200, { ok: true }]);
    await webhook.close();
    await expect(post(emulator, '/chat/handshake')).resolves.toMatchObject([
      200,
      { ok: false, problem: expect.stringContaining('is it running') },
    ]);
    await callGraph(emulator, {}, { method: 'DELETE', path: graphPath('subscribed_apps') });
    expect(emulator.state.pages[pageId]?.subscribedFields).toBeUndefined();
    await expect(post(emulator, `/chat/pages/${pageId}/subscription`)).resolves.toEqual([
      204,
      undefined,
    ]);
    expect(emulator.state.pages[pageId]?.subscribedFields).toContain('messages');
    await expect(post(emulator, '/chat/pages/42/subscription')).resolves.toMatchObject([400, {}]);
  });
});

describe('what a person does on the page', () => {
  it('reacts, edits, replies, blocks, and is answered by a human', async () => {
    const { emulator } = await createScene();
    const [, human] = await post(emulator, `${person}/human`, { text: 'Chào chị' });
    const { mid } = human as { mid: string };
    expect((await post(emulator, `${person}/reactions`, { mid, reaction: 'love' }))[0]).toBe(204);
    const [, said] = await post(emulator, `${person}/messages`, { text: 'hai', replyTo: mid });
    const own = (said as { mid: string }).mid;
    expect((await post(emulator, `${person}/edits`, { mid: own, text: 'ba' }))[0]).toBe(204);
    const bubbles = emulator.state.conversations[thuHa]?.messages;
    expect(bubbles).toMatchObject([
      { mid, byHuman: true, reaction: 'love' },
      { mid: own, text: 'ba', edits: 1, replyTo: mid },
    ]);
    expect((await post(emulator, `${person}/reactions`, { mid, reaction: null }))[0]).toBe(204);
    expect(bubbles?.[0]).not.toHaveProperty('reaction');

    await post(emulator, `${person}/thread`, { to: 'inbox' });
    expect(emulator.state.conversations[thuHa]?.ownerAppId).toBe('263902037430900');
    await post(emulator, `${person}/thread`, { to: 'nobody' });
    expect(emulator.state.conversations[thuHa]).not.toHaveProperty('ownerAppId');
    await post(emulator, `${person}/block`, { blocked: true });
    await expect(post(emulator, `${person}/messages`, { text: 'alo' })).resolves.toMatchObject([
      400,
      { error: expect.stringContaining('has blocked the Page') },
    ]);
  });

  it('is shown the bytes of an uploaded file, which can run nothing', async () => {
    const { emulator } = await createScene();
    const form = new FormData();
    form.set('message', JSON.stringify({ attachment: { type: 'image', payload: {} } }));
    const picture = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    form.set('filedata', new Blob([picture], { type: 'image/svg+xml' }), 'sen.svg');
    const saved = await callGraph(emulator, form, { path: graphPath('message_attachments') });
    const file = await fetch(`${emulator.url}/files/${String(saved.body['attachment_id'])}`);
    expect(await file.text()).toBe(picture);
    expect(file.headers.get('content-type')).toContain('image/svg+xml');
    expect(file.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect((await fetch(`${emulator.url}/files/42`)).status).toBe(400);
  });
});
