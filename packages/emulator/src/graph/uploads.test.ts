import { describe, expect, it } from 'vitest';
import type { Emulator } from '../emulator.ts';
import { createInstantClock } from '../testing/instant-clock.ts';
import {
  callGraph,
  createScene,
  type GraphAnswer,
  graphPath,
  secrets,
  sendMessage,
  thuHa,
} from '../testing/scene.ts';
import { templateMessage, url } from '../testing/templates.ts';

const path = graphPath('message_attachments');

function save(emulator: Emulator, type: string, payload: object = { url }): Promise<GraphAnswer> {
  return callGraph(emulator, { message: { attachment: { type, payload } } }, { path });
}

function upload(
  emulator: Emulator,
  type: string,
  file: Blob | undefined,
  payload: object = { is_reusable: true },
): Promise<GraphAnswer> {
  const form = new FormData();
  form.set('message', JSON.stringify({ attachment: { type, payload } }));
  form.set('access_token', secrets.accessToken);
  if (file !== undefined) form.set('filedata', file, 'thực-đơn');
  return callGraph(emulator, form, { path });
}

const bytes = (size: number, type: string): Blob => new Blob([new Uint8Array(size)], { type });
const byId = (type: string, id: unknown): object => ({
  attachment: { type, payload: { attachment_id: id } },
});

describe('a saved attachment', () => {
  it('is good for 90 days', async () => {
    const clock = createInstantClock();
    const { emulator } = await createScene({ clock });
    const { body } = await save(emulator, 'image');
    const send = (): Promise<GraphAnswer> =>
      sendMessage(emulator, byId('image', body['attachment_id']));
    clock.pass(90 * 24 * 60 * 60_000);
    emulator.say(thuHa, 'ảnh đâu?');
    expect((await send()).status).toBe(200);
    clock.pass(1);
    expect((await send()).body).toMatchObject({ error: { code: 100, error_subcode: 2018074 } });
  });

  it.each(['image', 'audio', 'video', 'file'])('of the type %s is sent by its id', async (type) => {
    const { emulator, webhook } = await createScene();
    const saved = await save(emulator, type, { url, is_reusable: true });
    expect(saved.body).toEqual({ attachment_id: expect.stringMatching(/^\d{15}$/) });
    const { attachment_id: id } = saved.body;
    expect((await sendMessage(emulator, byId(type, id))).status).toBe(200);
    await emulator.idle();
    expect(webhook.posts[0]?.events[0]?.message?.attachments).toEqual([
      { type, payload: { attachment_id: Number(id) } },
    ]);
    expect(emulator.state.conversations[thuHa]?.messages[0]?.content).toEqual({
      kind: type,
      summary: id,
    });
  });

  it('is no attachment of another type', async () => {
    const { emulator } = await createScene();
    const { attachment_id: id } = (await save(emulator, 'image')).body;
    const answers = [
      await sendMessage(emulator, byId('video', id)),
      await sendMessage(
        emulator,
        templateMessage({
          template_type: 'media',
          elements: [{ media_type: 'video', attachment_id: id }],
        }),
      ),
    ];
    for (const { body } of answers) {
      expect(body).toMatchObject({ error: { code: 100, error_subcode: 2018047 } });
    }
  });

  it('may be in a stack of images and in a media template', async () => {
    const { emulator } = await createScene();
    const { attachment_id } = (await save(emulator, 'image')).body;
    const elements = [{ media_type: 'image', attachment_id }];
    const messages = [
      { attachments: [{ type: 'image', payload: { attachment_id } }] },
      templateMessage({ template_type: 'media', elements }),
    ];
    for (const message of messages) {
      expect((await sendMessage(emulator, message)).status).toBe(200);
    }
  });

  it('comes of a send that says is_reusable', async () => {
    const { emulator } = await createScene();
    const attachment = { type: 'audio', payload: { url, is_reusable: true } };
    const { attachment_id: id } = (await sendMessage(emulator, { attachment })).body;
    expect((await sendMessage(emulator, byId('audio', id))).status).toBe(200);
  });
});

describe('an upload', () => {
  it.each([
    ['image', 'image/png', 8_000_000],
    ['audio', 'audio/mpeg', 25_000_000],
    ['video', 'video/mp4', 1],
    ['file', 'application/pdf', 25_000_000],
    ['file', 'image/png', 8_000_001],
  ])('of a %s (%s, %d bytes) is saved', async (type, contentType, size) => {
    const { emulator } = await createScene();
    const { body } = await upload(emulator, type, bytes(size, contentType));
    expect(body).toEqual({ attachment_id: expect.any(String) });
    expect((await sendMessage(emulator, byId(type, body['attachment_id']))).status).toBe(200);
    expect(JSON.stringify(emulator.state)).not.toContain(secrets.accessToken);
  });

  const png = bytes(3, 'image/png');
  const refusals: [string, string, Blob | undefined, object, object][] = [
    ['a large image', 'image', bytes(8_000_001, 'image/png'), {}, { error_subcode: 2018109 }],
    ['a large video', 'video', bytes(25_000_001, 'video/mp4'), {}, { error_subcode: 2018109 }],
    ['an empty file', 'file', bytes(0, 'text/plain'), {}, { error_subcode: 2018109 }],
    ['another content type', 'audio', png, {}, { error_subcode: 2018047 }],
    ['an unknown type', 'gif', png, {}, { message: expect.stringContaining('[type]') }],
    ['no file', 'image', undefined, {}, { message: expect.stringContaining('filedata') }],
    ['file and url', 'image', png, { url }, { message: expect.stringContaining('filedata') }],
    ['an id', 'image', png, { attachment_id: '1' }, { message: expect.stringContaining('_id') }],
  ];
  it.each(refusals)('with %s is refused', async (_what, type, file, payload, error) => {
    const { emulator } = await createScene();
    const answer = await upload(emulator, type, file, payload);
    expect(answer.body).toMatchObject({ error: { code: 100, ...error } });
  });

  it.each([
    [
      'a file that is none',
      '{"message":{"attachment":{"type":"file","payload":{}}},"filedata":"trà"}',
      {},
    ],
    ['JSON without an address', '{"message":{"attachment":{"type":"image","payload":{}}}}', {}],
    ['a form that ends early', '--x\r\n', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['a form without its boundary', 'x', { 'content-type': 'multipart/form-data' }],
  ])('of %s is refused', async (_what, body, headers) => {
    const { emulator } = await createScene();
    const answer = await callGraph(emulator, body, { path, headers });
    expect(answer.body).toMatchObject({ error: { code: 100 } });
  });
});
