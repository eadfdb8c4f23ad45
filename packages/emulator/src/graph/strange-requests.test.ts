import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { callGraph, createScene, graphPath, proof, secrets, thuHa } from '../testing/scene.ts';

const refused = (code: number): object => ({
  error: { code, message: expect.any(String), fbtrace_id: expect.any(String) },
});

/** A request that no client library would send. */
async function sendRaw(url: string, request: string): Promise<string> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.end(request);
  let answer = '';
  for await (const chunk of socket.setEncoding('utf8')) answer += String(chunk);
  return answer;
}

it('refuses JSON that is nested too deeply to be told again, and stays alive for the chat page', async () => {
  const { emulator } = await createScene();
  const page = await fetch(`${emulator.url}/chat/events`);
  const deep = '['.repeat(50_000) + ']'.repeat(50_000);
  const asJson = await callGraph(emulator, `{"recipient":{"id":"${thuHa}"},"message":${deep}}`);
  const asForm = await callGraph(emulator, `message=${deep}`, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const kept = await callGraph(
    emulator,
    `{"name":"a","language":"vi","category":"UTILITY","components":[{"type":"BODY","text":"x","example":${deep}}]}`,
    { path: graphPath('message_templates') },
  );
  for (const { body } of [asJson, asForm, kept]) expect(body).toMatchObject(refused(100));
  expect(() => JSON.stringify(emulator.state)).not.toThrow();
  await page.body?.cancel();
});

it.each(['PUT', 'PATCH', 'OPTIONS'])('answers %s as Graph does', async (method) => {
  const { emulator } = await createScene();
  const answer = await fetch(`${emulator.url}/v26.0/me?appsecret_proof=${proof}`, {
    method,
    headers: { authorization: `Bearer ${secrets.accessToken}` },
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject(refused(100));
});

it('refuses an address that cannot be read', async () => {
  const { emulator } = await createScene();
  const request = 'GET /v26.0/%zz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n';
  const answer = await sendRaw(emulator.url, request);
  expect(answer).toContain('400 Bad Request');
  expect(answer).toContain('"code":2500');
});

it('refuses a body of no known type, and one that is far too large', async () => {
  const { emulator } = await createScene();
  const strange = await callGraph(emulator, '{}', { headers: { 'content-type': 'strange' } });
  expect(strange.status).toBe(400);
  expect(strange.body).toMatchObject(refused(100));
  const huge = await callGraph(emulator, `{"a":"${'x'.repeat(9_000_000)}"}`);
  expect(huge.status).toBe(400);
  expect(huge.body).toMatchObject(refused(100));
});

it('takes a batch of fifty of the largest templates', async () => {
  const { emulator } = await createScene();
  const body = `message=${'x'.repeat(60_000)}`;
  const batch = Array.from({ length: 50 }, () => ({ method: 'GET', relative_url: 'me', body }));
  const answer = await callGraph(emulator, { batch }, { path: `/v26.0?appsecret_proof=${proof}` });
  expect(answer.status).toBe(200);
  expect(answer.body).toHaveLength(50);
});

it('does nothing of a batch with a call that is none', async () => {
  const { emulator } = await createScene();
  const typing = `recipient={"id":"${thuHa}"}&sender_action=typing_on`;
  const send = { method: 'POST', relative_url: 'me/messages', body: typing };
  for (const strange of [{ method: { toString: 1 }, relative_url: 'me' }, 7]) {
    const path = `/v26.0?appsecret_proof=${proof}`;
    const { status, body } = await callGraph(emulator, { batch: [send, strange] }, { path });
    expect(status).toBe(400);
    expect(body).toMatchObject(refused(100));
  }
  expect(emulator.state.conversations[thuHa]?.typingUntil).toBe(0);
});
