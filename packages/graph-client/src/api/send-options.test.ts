import { describe, expect, it } from 'vitest';

import { createGraphClient } from '../client.ts';
import type { MessageContent } from '../content/message.ts';
import { RequestError } from '../errors.ts';
import { createFakeTransport } from '../testing/index.ts';
import type { RecordedRequest } from '../testing/index.ts';
import type { OutgoingMessage } from './messages.ts';
import type { MessagingType } from './send-options.ts';

const to = '6912345678901234';
const text: MessageContent = { text: 'Xin chào' };
const utility: MessageContent = { utility: { name: 'da_gui', language: 'vi' } };
const feedback: MessageContent = {
  template: {
    type: 'customer_feedback',
    title: 'Bạn thấy sao?',
    subtitle: 'Chỉ một câu',
    buttonTitle: 'Trả lời',
    feedbackScreens: [{ questions: [{ id: 'q1', type: 'csat' }] }],
    businessPrivacy: { url: 'https://example.com/privacy' },
  },
};

/** Options as code without types may hand them in. */
function sending(options: object): {
  result: Promise<unknown>;
  requests: readonly RecordedRequest[];
} {
  const transport = createFakeTransport();
  const graph = createGraphClient({ accessToken: 'token', transport, pipeline: [] });
  const whole: unknown = { to, message: text, ...options };
  return { result: graph.messages.send(whole as OutgoingMessage), requests: transport.requests };
}

/** What goes out beside the message. */
async function sent(options: object): Promise<unknown> {
  const { result, requests } = sending(options);
  await result;
  const { message: _, ...fields } = Object(requests[0]?.body);
  return fields;
}

describe('an option', () => {
  const recipient = { id: to };
  const usual = { recipient, messaging_type: 'RESPONSE' };

  it.each<[Omit<Partial<OutgoingMessage>, 'message'>, object]>([
    [{}, usual],
    [{ to: '7' }, { ...usual, recipient: { id: '7' } }],
    [{ to: { commentId: '12_34' } }, { ...usual, recipient: { comment_id: '12_34' } }],
    [{ to: { commentId: '34' } }, { ...usual, recipient: { comment_id: '34' } }],
    [{ to: { postId: '12_34' } }, { ...usual, recipient: { post_id: '12_34' } }],
    [{ to: { userRef: 'ref-1' } }, { ...usual, recipient: { user_ref: 'ref-1' } }],
    [{ replyTo: 'm_Ab-c_9==' }, { ...usual, reply_to: { mid: 'm_Ab-c_9==' } }],
    [{ personaId: '17' }, { ...usual, persona_id: '17' }],
    [{ notificationType: 'REGULAR' }, { ...usual, notification_type: 'REGULAR' }],
    [{ notificationType: 'SILENT_PUSH' }, { ...usual, notification_type: 'SILENT_PUSH' }],
    [{ notificationType: 'NO_PUSH' }, { ...usual, notification_type: 'NO_PUSH' }],
    [
      { threadControl: { controlType: 'pass', appId: '263902037430900' } },
      { ...usual, thread_control: { control_type: 'pass', app_id: '263902037430900' } },
    ],
    [
      { threadControl: { controlType: 'release' } },
      { ...usual, thread_control: { control_type: 'release' } },
    ],
    [{ messagingType: undefined, replyTo: undefined, metadata: undefined }, usual],
  ])('of %j goes out as Graph names it', async (options, fields) => {
    expect(await sent(options)).toStrictEqual(fields);
  });

  it.each<[MessagingType | undefined, MessageContent, string, object?]>([
    [undefined, text, 'RESPONSE'],
    ['RESPONSE', text, 'RESPONSE'],
    ['UPDATE', text, 'UPDATE'],
    ['HUMAN_AGENT', text, 'MESSAGE_TAG', { tag: 'HUMAN_AGENT' }],
    ['CUSTOMER_FEEDBACK', feedback, 'MESSAGE_TAG', { tag: 'CUSTOMER_FEEDBACK' }],
    [undefined, feedback, 'RESPONSE'],
    ['UTILITY', utility, 'UTILITY'],
    [undefined, utility, 'UTILITY'],
    // Says of itself that it is nothing else.
    [undefined, Object.assign({ utility: undefined, template: undefined }, text), 'RESPONSE'],
  ])('messagingType %s of %j goes out as %s %j', async (messagingType, message, type, tag) => {
    const fields = await sent({ messagingType, message });
    expect(fields).toStrictEqual({ recipient, messaging_type: type, ...tag });
  });
});

describe('a tag that Meta has retired', () => {
  it.each([
    ...['ACCOUNT_UPDATE', 'CONFIRMED_EVENT_UPDATE', 'POST_PURCHASE_UPDATE'].flatMap((tag) => [
      { messagingType: tag },
      { tag },
      { messagingType: 'MESSAGE_TAG', tag },
    ]),
    { messagingType: 'RESPONSE', tag: 'ACCOUNT_UPDATE' },
  ])('is refused with the reason: %j', async (options) => {
    const { result, requests } = sending(options);
    await expect(result).rejects.toBeInstanceOf(RequestError);
    await expect(result).rejects.toMatchObject({
      field: 'message.messagingType',
      message: expect.stringMatching(/retired on 2026-04-27.*utility/),
    });
    expect(requests).toEqual([]);
  });
});

describe('a wrong option', () => {
  it.each<[field: string, options: object]>([
    ['message.to', { to: undefined }],
    ['message.to', { to: 'me' }],
    ['message.to', { to: 6_912_345_678 }],
    ['message.to', { to: ['7'] }],
    ['message.to.commentId', { to: { commentId: 'số thẻ' } }],
    ['message.to.commentId', { to: { commentId: '12_34_56' } }],
    ['message.to.postId', { to: { postId: 7 } }],
    ['message.to.userRef', { to: { userRef: '' } }],
    ['message.to', { to: { postId: '12_34', colour: 'đỏ' } }],
    ['message.to', { to: { userRef: 'ref-1', colour: 'đỏ' } }],
    ['message.metadata', { metadata: { text: 'số thẻ' } }],
    ['message.replyTo', { replyTo: '' }],
    ['message.personaId', { personaId: 'số thẻ' }],
    ['message.notificationType', { notificationType: 'LOUD' }],
    ['message.threadControl.appId', { threadControl: { controlType: 'pass' } }],
    ['message.threadControl.controlType', { threadControl: { controlType: 'take' } }],
    ['message.threadControl', { threadControl: { controlType: 'release', appId: '7' } }],
    ['message.threadControl', { threadControl: { controlType: 'pass', appId: '7', to } }],
    ['message.messagingType', { messagingType: 'MESSAGE_TAG' }],
    ['message.messagingType', { messagingType: 'NON_PROMOTIONAL_SUBSCRIPTION' }],
    ['message.messagingType', { messagingType: 'UTILITY' }],
    ['message.messagingType', { messagingType: 'RESPONSE', message: utility }],
    ['message.messagingType', { messagingType: 'HUMAN_AGENT', message: utility }],
    ['message.messagingType', { messagingType: 'CUSTOMER_FEEDBACK' }],
    [
      'message.messagingType',
      {
        messagingType: 'CUSTOMER_FEEDBACK',
        message: { template: { type: 'product', elements: [{ id: '7' }] } },
      },
    ],
    ['message.signal', { signal: {} }],
    ['message', { tag: 'HUMAN_AGENT' }],
    ['message', { recipient: { id: to } }],
  ])('%s of %j is refused, nothing is sent, and no error shows it', async (field, options) => {
    const { result, requests } = sending(options);
    await expect(result).rejects.toMatchObject({
      name: `RequestError [${field}]`,
      message: expect.not.stringContaining('số thẻ'),
    });
    expect(requests).toEqual([]);
  });

  it.each<[field: string, most: number, make: (count: number) => object]>([
    ['message.metadata', 1000, (count) => ({ metadata: 'ữ'.repeat(count) })],
    ['message.replyTo', 1000, (count) => ({ replyTo: 'm'.repeat(count) })],
    ['message.to.userRef', 500, (count) => ({ to: { userRef: 'r'.repeat(count) } })],
    ['message.personaId', 32, (count) => ({ personaId: '7'.repeat(count) })],
  ])('%s may have %d characters and not one more', async (field, most, make) => {
    await expect(sent(make(most))).resolves.toBeDefined();
    await expect(sent(make(most + 1))).rejects.toMatchObject({ field });
  });

  it('metadata may be empty, and counts an emoji as two', async () => {
    await expect(sent({ metadata: '' })).resolves.toBeDefined();
    await expect(sent({ metadata: '😊'.repeat(500) })).resolves.toBeDefined();
    await expect(sent({ metadata: '😊'.repeat(501) })).rejects.toThrow('message.metadata');
  });
});
