import { describe, expect, it } from 'vitest';
import { callGraph, createScene, thuHa } from '../testing/scene.ts';
import { templateMessage, templates, url } from '../testing/templates.ts';

const person = { id: thuHa };
const text = { text: 'Chào bạn' };
const quickReply = { content_type: 'text', title: 'Trà sen', payload: 'TRA_SEN' };
const utility = { name: 'don_hang_da_gui', language: { code: 'vi' } };
const long = (length: number): string => 'ă'.repeat(length);

const send = (message: object, more: object = {}): object => ({
  recipient: person,
  message,
  ...more,
});
const to = (recipient: unknown): object => ({ recipient, message: text });
const withReplies = (...quick_replies: object[]): object => send({ ...text, quick_replies });
const withMedia = (type: string, payload: object): object =>
  send({ attachment: { type, payload } });
const tagged = (tag: string, message: object = text): object =>
  send(message, { messaging_type: 'MESSAGE_TAG', tag });
const act = (sender_action: string, more: object = {}): object => ({
  recipient: person,
  sender_action,
  ...more,
});

/** What is wrong, the parameter that the refusal names if any, the body, and the subcode. */
const refusals: [string, string, object, number?][] = [
  ['no recipient', 'recipient', { message: text }],
  ['two recipients', 'recipient', to({ id: thuHa, user_ref: 'r' })],
  ['a recipient of nobody', 'recipient', to({})],
  ['a phone number', 'recipient[phone_number]', to({ id: thuHa, phone_number: '+84901234567' })],
  ['a comment of no digits', 'recipient[comment_id]', to({ comment_id: 'bình-luận' })],
  ['a post of three parts', 'recipient[post_id]', to({ post_id: '1_2_3' })],
  ['no message', 'message', { recipient: person }],
  ['an empty message', 'message', send({})],
  ['only metadata', 'message', send({ metadata: 'x' })],
  [
    'a text and an attachment',
    'message',
    send({ ...text, attachment: { type: 'image', payload: { url } } }),
  ],
  ['a text and a sticker', 'message', send({ ...text, sticker_id: '1' })],
  ['a long text', 'message[text]', send({ text: long(2001) })],
  ['long metadata', 'message[metadata]', send({ ...text, metadata: long(1001) })],
  ['an unknown part', 'message[is_echo]', send({ ...text, is_echo: true })],
  ['no quick replies', 'message[quick_replies]', withReplies()],
  [
    'fourteen',
    'message[quick_replies]',
    withReplies(...Array.from({ length: 14 }, () => quickReply)),
  ],
  [
    'a location reply',
    'message[quick_replies][0][content_type]',
    withReplies({ content_type: 'location' }),
  ],
  [
    'a long title',
    'message[quick_replies][0][title]',
    withReplies({ ...quickReply, title: long(21) }),
  ],
  ['no title', 'message[quick_replies][0][title]', withReplies({ ...quickReply, title: '' })],
  [
    'a long payload',
    'message[quick_replies][0][payload]',
    withReplies({ ...quickReply, payload: long(1001) }),
  ],
  [
    'no payload',
    'message[quick_replies][0][payload]',
    withReplies({ content_type: 'text', title: 'Có' }),
  ],
  [
    'replies on a sticker',
    'message[quick_replies]',
    send({ sticker_id: '1', quick_replies: [quickReply] }),
  ],
  ['an unknown attachment', 'message[attachment][type]', withMedia('gif', { url })],
  ['media from nowhere', 'message[attachment][payload]', withMedia('image', {})],
  [
    'media from two places',
    'message[attachment][payload]',
    withMedia('video', { url, attachment_id: '1' }),
  ],
  [
    'media of this machine',
    'message[attachment][payload][url]',
    withMedia('file', { url: 'file:///etc/hosts' }),
  ],
  ['an unknown saved one', '', withMedia('image', { attachment_id: '1' }), 2018074],
  [
    'an unknown saved one in a stack',
    '',
    send({ attachments: [{ type: 'image', payload: { attachment_id: '1' } }] }),
    2018074,
  ],
  [
    'an unknown saved one in a template',
    '',
    send(
      templateMessage({
        template_type: 'media',
        elements: [{ media_type: 'image', attachment_id: '1' }],
      }),
    ),
    2018074,
  ],
  [
    'a stack of videos',
    'message[attachments][0][type]',
    send({ attachments: [{ type: 'video', payload: { url } }] }),
  ],
  ['an empty stack', 'message[attachments]', send({ attachments: [] })],
  ['a sticker by name', 'message[sticker_id]', send({ sticker_id: 'like' })],
  ['an unknown type', 'messaging_type', send(text, { messaging_type: 'SPAM' })],
  ['CONFIRMED_EVENT_UPDATE', 'tag', tagged('CONFIRMED_EVENT_UPDATE'), 1893061],
  ['ACCOUNT_UPDATE', 'tag', tagged('ACCOUNT_UPDATE'), 1893061],
  ['POST_PURCHASE_UPDATE', 'tag', tagged('POST_PURCHASE_UPDATE'), 1893061],
  ['an unknown tag', 'tag', tagged('PAIRING_UPDATE')],
  ['no tag', 'tag', send(text, { messaging_type: 'MESSAGE_TAG' })],
  ['a tag in a response', 'tag', send(text, { messaging_type: 'RESPONSE', tag: 'HUMAN_AGENT' })],
  ['CUSTOMER_FEEDBACK in a text', 'tag', tagged('CUSTOMER_FEEDBACK')],
  [
    'CUSTOMER_FEEDBACK elsewhere',
    'tag',
    tagged('CUSTOMER_FEEDBACK', templateMessage(templates.button)),
  ],
  ['UTILITY for a text', 'message[template]', send(text, { messaging_type: 'UTILITY' })],
  [
    'a utility response',
    'message[template]',
    send({ template: utility }, { messaging_type: 'RESPONSE' }),
  ],
  [
    'utility without language',
    'message[template][language]',
    send({ template: { name: 'a' } }, { messaging_type: 'UTILITY' }),
  ],
  ['an unknown push', 'notification_type', send(text, { notification_type: 'LOUD' })],
  ['an answer to nothing', 'reply_to[mid]', send(text, { reply_to: {} })],
  ['a persona by name', 'persona_id', send(text, { persona_id: 'Lan' })],
  [
    'taking control',
    'thread_control[control_type]',
    send(text, { thread_control: { control_type: 'take' } }),
  ],
  ['an unknown parameter', 'quick_replies', send(text, { quick_replies: [quickReply] })],
  ['an unknown action', 'sender_action', act('wave')],
  ['an action and a message', 'message', act('typing_on', { message: text })],
  ['an action and a type', 'messaging_type', act('mark_seen', { messaging_type: 'RESPONSE' })],
  ['typing with a payload', 'payload', act('typing_on', { payload: {} })],
  ['a reaction to nothing', 'payload', act('react')],
  ['a reaction of nothing', 'payload[reaction]', act('react', { payload: { message_id: 'm_1' } })],
  ['an unreact of nothing', 'payload[message_id]', act('unreact', { payload: {} })],
  ['an unknown mid', 'payload[message_id]', act('unreact', { payload: { message_id: 'm_1' } })],
];

describe('a wrong send', () => {
  it.each(refusals)('with %s is refused by name: %s', async (_what, name, body, subcode) => {
    const { emulator, webhook } = await createScene();
    const answer = await callGraph(emulator, body);
    const { error } = answer.body as { error: Record<string, unknown> };
    expect(error).toMatchObject({ code: 100, type: 'OAuthException' });
    expect(error['error_subcode']).toBe(subcode);
    const words = name === '' ? 'No attachment 1 of' : `Param ${name} must`;
    expect(error['message']).toContain(`(#100) ${words} `);
    expect(error['message']).not.toMatch(/ă|Chào|undefined/);
    expect(emulator.state.conversations[thuHa]?.messages).toEqual([]);
    expect(webhook.posts).toEqual([]);
  });
});
