import { describe, expect, it } from 'vitest';
import {
  callGraph,
  createScene,
  graphPath,
  minhQuan,
  sendMessage,
  thuHa,
} from '../testing/scene.ts';
import { buttons, templateMessage, templates, url } from '../testing/templates.ts';

const payload = 'x'.repeat(1000);
const metadata = 'bước-'.repeat(200);
const quickReply = { content_type: 'text', title: 'Trà sen'.padEnd(20, '!'), payload };
const picture = { type: 'image', payload: { url } };
const utility = {
  name: 'don_hang_da_gui',
  language: { code: 'vi' },
  components: [
    { type: 'header', parameters: [{ type: 'text', text: 'HĐ-1', parameter_name: 'don' }] },
    { type: 'body', parameters: [{ type: 'text', text: 'HĐ-1' }] },
    { type: 'buttons', parameters: [{ type: 'POSTBACK', payload }] },
  ],
};

const approved = {
  name: 'don_hang_da_gui',
  language: 'vi',
  category: 'UTILITY',
  components: [{ type: 'BODY', text: 'Đơn {{1}} đã gửi.' }],
};

/** What is sent, what the state says it is, and the attachments of its echo. */
const kinds: [string, object, object, object[]][] = [
  ...(['image', 'audio', 'video', 'file'] as const).map(
    (type): [string, object, object, object[]] => [
      `a ${type}`,
      { attachment: { type, payload: { url, is_reusable: false } } },
      { kind: type, summary: url },
      [{ type, payload: { url } }],
    ],
  ),
  [
    'several images',
    { attachments: [picture, picture] },
    { kind: 'image', summary: `${url} · ${url}` },
    [picture, picture],
  ],
  [
    'a sticker',
    { sticker_id: '369239263222822' },
    { kind: 'sticker', summary: '369239263222822' },
    [
      {
        type: 'sticker',
        payload: { url: expect.stringMatching(/^http/), sticker_id: 369_239_263_222_822 },
      },
    ],
  ],
  [
    'a template',
    templateMessage({ template_type: 'button', text: 'Mời bạn', buttons: [buttons.postback] }),
    { kind: 'template', templateType: 'button', summary: 'Mời bạn' },
    [
      {
        type: 'template',
        payload: { template_type: 'button', text: 'Mời bạn', buttons: [buttons.postback] },
      },
    ],
  ],
];

describe('a message that is no text', () => {
  it.each(kinds)('%s is kept as it was sent, and echoed', async (_what, sent, content, echoed) => {
    const { emulator, webhook } = await createScene();
    const answer = await sendMessage(emulator, { ...sent, metadata });
    await emulator.idle();
    const { message_id: mid } = answer.body;
    expect(answer.body).toEqual({ recipient_id: thuHa, message_id: expect.stringMatching(/^m_/) });
    const [bubble] = emulator.state.conversations[thuHa]?.messages ?? [];
    expect(bubble).toMatchObject({ mid, direction: 'in', status: 'delivered', content });
    expect(bubble).not.toHaveProperty('text');
    expect(bubble?.payload).toEqual({ ...sent, metadata });
    const [echo, receipt] = webhook.posts.map(({ events }) => events[0]);
    expect(echo?.message).toEqual({
      mid,
      is_echo: true,
      app_id: expect.any(Number),
      metadata,
      attachments: echoed,
    });
    expect(receipt?.delivery?.mids).toEqual([mid]);
  });

  it('may be a utility template', async () => {
    const { emulator, webhook } = await createScene();
    await callGraph(emulator, approved, { path: graphPath('message_templates') });
    await sendMessage(emulator, { template: utility }, { messaging_type: 'UTILITY' });
    await emulator.idle();
    expect(emulator.state.conversations[thuHa]?.messages).toMatchObject([
      {
        content: {
          kind: 'template',
          templateType: 'utility',
          summary: 'don_hang_da_gui · HĐ-1 · HĐ-1',
        },
        payload: { template: utility },
      },
    ]);
    expect(webhook.posts[1]?.events[0]?.message?.attachments).toMatchObject([
      { type: 'template', payload: { name: 'don_hang_da_gui' } },
    ]);
  });
});

describe('quick replies', () => {
  const ridden: [string, object, object[]][] = [
    [
      'a text, thirteen of them',
      { text: 'Bạn dùng gì?' },
      Array.from({ length: 13 }, () => quickReply),
    ],
    ['an attachment', { attachment: picture }, [quickReply]],
    ['a template', templateMessage(templates.generic), [quickReply]],
    [
      'a text, of every type',
      { text: 'Where to?' },
      [
        { content_type: 'user_phone_number' },
        { content_type: 'user_email' },
        { ...quickReply, title: '', image_url: url },
      ],
    ],
  ];
  it.each(ridden)('ride on %s', async (_what, message, quick_replies) => {
    const { emulator } = await createScene();
    expect((await sendMessage(emulator, { ...message, quick_replies })).status).toBe(200);
    const [bubble] = emulator.state.conversations[thuHa]?.messages ?? [];
    expect(bubble?.payload).toEqual({ ...message, quick_replies });
  });
});

describe('beside the message', () => {
  it.each([
    ['nothing', {}],
    ['an update', { messaging_type: 'UPDATE' }],
    ['a tag', { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' }],
    ['silence', { messaging_type: 'RESPONSE', notification_type: 'SILENT_PUSH' }],
    ['a release', { thread_control: { control_type: 'release' } }],
  ])('%s is kept, without the token', async (_what, parameters) => {
    const { emulator } = await createScene();
    const secret = { access_token: 'page-token' };
    const answer = await sendMessage(emulator, { text: 'Chào bạn' }, { ...parameters, ...secret });
    expect(answer.status).toBe(200);
    const [bubble] = emulator.state.conversations[thuHa]?.messages ?? [];
    expect(bubble?.parameters).toEqual(parameters);
  });

  it('a persona and the message that is answered show in the bubble', async () => {
    const { emulator } = await createScene();
    const lan = { name: 'Chị Lan', profile_picture_url: url };
    const made = await callGraph(emulator, lan, { path: graphPath('personas') });
    const { mid } = emulator.say(thuHa, 'Có trà sen không?');
    const parameters = { reply_to: { mid }, persona_id: made.body['id'] };
    await sendMessage(emulator, { text: 'Có ạ' }, parameters);
    const bubble = emulator.state.conversations[thuHa]?.messages.at(-1);
    expect(bubble).toMatchObject({ text: 'Có ạ', persona: 'Chị Lan', replyTo: mid, parameters });
  });

  it.each([
    ['a persona that is not there', { persona_id: '42' }],
    ['a reply to nothing', { reply_to: { mid: 'm_1' } }],
  ])('%s is refused', async (_what, parameters) => {
    const { emulator } = await createScene();
    const answer = await sendMessage(emulator, { text: 'Chào bạn' }, parameters);
    expect(answer.body).toMatchObject({ error: { code: 100 } });
    expect(emulator.state.conversations[thuHa]?.messages).toEqual([]);
  });

  it('the conversation is passed on, and the next send refused', async () => {
    const { emulator } = await createScene();
    const thread_control = { control_type: 'pass', app_id: '263902037430900' };
    await sendMessage(emulator, { text: 'Nhân viên sẽ giúp bạn' }, { thread_control });
    expect(emulator.state.conversations[thuHa]?.ownerAppId).toBe('263902037430900');
    const answer = await sendMessage(emulator, { text: 'Còn gì nữa không?' });
    expect(answer.body).toMatchObject({ error: { code: 10, error_subcode: 2018300 } });
  });

  it('CUSTOMER_FEEDBACK goes with its template', async () => {
    const { emulator } = await createScene();
    const answer = await sendMessage(emulator, templateMessage(templates.customer_feedback), {
      messaging_type: 'MESSAGE_TAG',
      tag: 'CUSTOMER_FEEDBACK',
    });
    expect(answer.status).toBe(200);
  });
});

describe('a recipient who is no person here', () => {
  it.each([
    { user_ref: 'ô-đăng-ký-7' },
    { comment_id: '42' },
    { comment_id: '100000000000001_42' },
    { post_id: '100000000000001_7' },
  ])('%j gets the message, and only the call is kept', async (recipient) => {
    const { emulator } = await createScene();
    const answer = await callGraph(emulator, { recipient, message: { text: 'Cảm ơn bạn' } });
    expect(answer.body).toEqual({ message_id: expect.stringMatching(/^m_/) });
    expect(emulator.state.calls).toMatchObject([{ status: 200 }]);
    expect(emulator.state.deliveries).toEqual([]);
    expect(emulator.state.people).toHaveLength(4);
  });
});

describe('a reaction of the Page', () => {
  it('is on the message until it is taken back, and is told', async () => {
    const { emulator } = await createScene();
    const { mid: message_id } = emulator.say(thuHa, 'Trà ngon quá');
    const told: unknown[] = [];
    emulator.subscribe((change) => change.kind === 'reaction' && told.push(change.message.mid));
    const act = (sender_action: string, more: object): ReturnType<typeof callGraph> =>
      callGraph(emulator, {
        recipient: { id: thuHa },
        sender_action,
        payload: { message_id, ...more },
      });
    const [message] = emulator.state.conversations[thuHa]?.messages ?? [];
    expect((await act('react', { reaction: 'love' })).body).toEqual({ recipient_id: thuHa });
    expect(message?.reaction).toBe('love');
    await act('unreact', {});
    expect(message).not.toHaveProperty('reaction');
    expect(told).toEqual([message_id, message_id]);
  });

  it('on a message of somebody else is refused', async () => {
    const { emulator } = await createScene();
    const { mid: message_id } = emulator.say(minhQuan, 'Chào quán');
    const answer = await callGraph(emulator, {
      recipient: { id: thuHa },
      sender_action: 'react',
      payload: { message_id, reaction: 'love' },
    });
    expect(answer.body).toMatchObject({
      error: { code: 100, message: expect.stringContaining('payload[message_id]') },
    });
  });
});
