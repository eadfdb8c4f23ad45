import { expect, it } from 'vitest';
import { EMULATED_APP_ID } from '../webhook/events.ts';
import { callGraph, createScene, minhQuan, pageId, secrets, thuHa } from '../testing/scene.ts';
import { templateMessage, templates } from '../testing/templates.ts';

const appToken = `${EMULATED_APP_ID}|${secrets.appSecret}`;
const otherPage = '100000000000002';
const scene = {
  requireProof: false,
  pages: [
    { id: pageId, name: 'Trà', accessToken: secrets.accessToken },
    { id: otherPage, name: 'Bánh', accessToken: 'other-token' },
  ],
};

async function get(url: string, token: string): Promise<Response> {
  return fetch(url, { headers: { authorization: `Bearer ${token}` } });
}

it.each(['me', 'me/personas', pageId, thuHa])(
  "refuses the app's token where a Page's is needed: %s",
  async (path) => {
    const { emulator } = await createScene(scene);
    const answer = await get(`${emulator.url}/v26.0/${path}`, appToken);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 210, type: 'OAuthException' } });
  },
);

it('tells usage of the Page whose token it is, whatever it asks, and of no other', async () => {
  const { emulator } = await createScene(scene);
  const usageOf = async (path: string, token: string): Promise<string | null> => {
    const answer = await get(emulator.url + path, token);
    return answer.headers.get('x-business-use-case-usage');
  };
  expect(await usageOf('/v26.0/me/nonsense', 'other-token')).toContain(otherPage);
  expect(emulator.state.calls.at(-1)).toMatchObject({ pageId: otherPage, errorCode: 2500 });
  expect(await usageOf('/v26.0/me', 'nobody')).toBeNull();
  expect(emulator.state.calls.at(-1)).not.toHaveProperty('pageId');
});

it('does a call of a batch as the Page whose token the call itself has', async () => {
  const { emulator } = await createScene(scene);
  const batch = [
    { method: 'GET', relative_url: 'me' },
    { method: 'GET', relative_url: 'me?access_token=other-token' },
  ];
  const { body } = await callGraph(emulator, { batch }, { path: '/v26.0' });
  const answers = body as unknown as readonly { readonly body: string }[];
  expect(answers.map((each) => JSON.parse(each.body))).toMatchObject([
    { id: pageId },
    { id: otherPage },
  ]);
});

it('names the next page of a list by an address that can be asked, with all that was said', async () => {
  const { emulator } = await createScene(scene);
  for (const name of ['mới', 'quen', 'xa']) {
    const path = '/v26.0/me/custom_labels';
    await callGraph(emulator, { page_label_name: name }, { path });
  }
  let url: string | undefined =
    `${emulator.url}/v25.0/me/custom_labels?fields=page_label_name&limit=1&access_token=page-token`;
  const names: unknown[] = [];
  while (url !== undefined) {
    expect(url).toContain(`${emulator.url}/v25.0/`);
    const answer = await get(url, secrets.accessToken);
    const { data, paging } = (await answer.json()) as {
      data: { page_label_name: string }[];
      paging: { next?: string };
    };
    names.push(...data.map((label) => label.page_label_name));
    url = paging.next;
    expect(url ?? '').not.toContain('access_token');
  }
  expect(names).toEqual(['mới', 'quen', 'xa']);
});

it('keeps of a file in any field only its name', async () => {
  const { emulator } = await createScene(scene);
  const form = new FormData();
  form.set('picture', new File(['bytes'], 'trà.png', { type: 'image/png' }));
  await callGraph(emulator, form, { path: '/v26.0/me/messages' });
  expect(emulator.state.calls.at(-1)?.parameters).toEqual({
    picture: 'trà.png (image/png, 5 bytes)',
  });
});

it('shows a saved attachment whose address has letters that no header can carry', async () => {
  const { emulator } = await createScene(scene);
  const url = 'https://quan.example/trà sen.png';
  const attachment = { type: 'image', payload: { url } };
  const path = '/v26.0/me/message_attachments';
  const { body } = await callGraph(emulator, { message: { attachment } }, { path });
  const answer = await fetch(`${emulator.url}/files/${String(body['attachment_id'])}`, {
    redirect: 'manual',
  });
  expect(answer.headers.get('location')).toBe('https://quan.example/tr%C3%A0%20sen.png');
});

it('asks of a send that passes a conversation to whom', async () => {
  const { emulator } = await createScene(scene);
  const send = (thread_control: object): ReturnType<typeof callGraph> =>
    callGraph(
      emulator,
      { recipient: { id: thuHa }, message: { text: 'chào' }, thread_control },
      { path: '/v26.0/me/messages' },
    );
  expect((await send({ control_type: 'pass' })).body).toMatchObject({ error: { code: 100 } });
  expect((await send({ control_type: 'release', app_id: '42' })).status).toBe(200);
  expect(emulator.state.conversations[thuHa]).not.toHaveProperty('ownerAppId');
});

it('takes an order number of each Page once', async () => {
  const wroteAt = Date.now();
  const people = [
    { psid: thuHa, name: 'Hà', wroteAt },
    { psid: minhQuan, name: 'Quân', pageId: otherPage, wroteAt },
  ];
  const { emulator } = await createScene({ ...scene, people });
  const send = async (psid: string, token: string): Promise<number> => {
    const message = templateMessage(templates.receipt);
    const headers = { authorization: `Bearer ${token}` };
    const how = { path: '/v26.0/me/messages', headers };
    return (await callGraph(emulator, { recipient: { id: psid }, message }, how)).status;
  };
  expect(await send(thuHa, secrets.accessToken)).toBe(200);
  expect(await send(minhQuan, 'other-token')).toBe(200);
  expect(await send(thuHa, secrets.accessToken)).toBe(400);
});

it('lets any call say which form its answer should have', async () => {
  const { emulator } = await createScene(scene);
  const send = { recipient: { id: thuHa }, message: { text: 'chào' } };
  const path = '/v26.0/me/messages?format=json&pretty=0&debug=all&suppress_http_code=1';
  expect((await callGraph(emulator, send, { path })).status).toBe(200);
  const asked = callGraph(emulator, { ...send, colour: 'red' }, { path });
  expect((await asked).body).toMatchObject({ error: { code: 100 } });
});

it('answers slowly what is no JSON as it is', async () => {
  const { emulator } = await createScene(scene);
  emulator.inject({ kind: 'slow-body', ms: 8 });
  emulator.inject({ kind: 'server-error' });
  const answer = await get(`${emulator.url}/v26.0/me`, secrets.accessToken);
  expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  expect(await answer.text()).toBe('Sorry, something went wrong.');
});
