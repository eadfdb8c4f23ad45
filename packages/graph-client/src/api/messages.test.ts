import { describe, expect, it } from 'vitest';

import { createGraphClient } from '../client.ts';
import type { GraphClient } from '../client.ts';
import { GraphApiError, PartlySentError, RequestError, TransportError } from '../errors.ts';
import type { Middleware, RateClass } from '../pipeline/middleware.ts';
import { createFakeTransport, graphError } from '../testing/index.ts';
import type { FakeAnswer, RecordedRequest } from '../testing/index.ts';
import type { Messages, OutgoingMessage } from './messages.ts';

const to = '6912345678901234';
const recipient = { id: to };
const quickReplies = [{ title: 'Tiếp', payload: 'NEXT' }];
const replies = [{ content_type: 'text', title: 'Tiếp', payload: 'NEXT' }];

/** A text that is too long, and the parts that it is cut in. */
const parts = ['ă', 'ê', 'ữ'].map((letter) => letter.repeat(1500));
const story = parts.join(' ');

function client(
  answers: readonly FakeAnswer[] = [],
  pipeline: Middleware[] = [],
): { messages: Messages; requests: readonly RecordedRequest[] } {
  const transport = createFakeTransport({ answers });
  const graph: GraphClient = createGraphClient({ accessToken: 'token', transport, pipeline });
  return { messages: graph.messages, requests: transport.requests };
}

const sentAs = (mid: string): FakeAnswer => ({ body: { recipient_id: to, message_id: mid } });

describe('a message', () => {
  it('goes out with its recipient, type and content, and answers with its mid', async () => {
    const { messages, requests } = client([sentAs('m_1')]);
    const message = { text: 'Xin chào', quickReplies };
    const sent = await messages.send({ to, message, metadata: 'step-1' });
    expect(sent).toStrictEqual({ recipientId: to, messageId: 'm_1' });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/v26.0/me/messages', query: {} });
    expect(requests[0]?.body).toStrictEqual({
      recipient,
      messaging_type: 'RESPONSE',
      message: { text: 'Xin chào', quick_replies: replies, metadata: 'step-1' },
    });
  });

  it.each([
    ['the id that Graph tells', '12_34', { recipient_id: '7', message_id: 'm_1' }, '7'],
    ['nobody, when Graph tells none', '12_34', { message_id: 'm_1' }, undefined],
  ])('to a comment answers with %s', async (_who, commentId, body, recipientId) => {
    const { messages } = client([{ body }]);
    const sent = await messages.send({ to: { commentId }, message: { text: 'Cảm ơn bạn' } });
    expect(sent).toStrictEqual({ recipientId, messageId: 'm_1' });
  });

  it.each([
    ['no recipient', { message_id: 'm_1' }],
    ['a recipient as a number', { recipient_id: 6912345, message_id: 'm_1' }],
    ['a recipient that is null', { recipient_id: null, message_id: 'm_1' }],
    ['something nobody knows yet', { message_id: 'm_1', delivery: { eta: 1 } }],
  ])('is sent when the answer has a mid and %s', async (_what, body) => {
    const { messages } = client([{ body }]);
    const sent = await messages.send({ to, message: { text: 'Hello' } });
    expect(sent.messageId).toBe('m_1');
  });

  it.each([{}, { recipient_id: to }, { message_id: '' }, { message_id: 7 }, [], null, 'sent'])(
    'may be sent or not when the answer is %j',
    async (body) => {
      const { messages } = client([{ body: JSON.stringify(body) }]);
      const sending = messages.send({ to, message: { text: 'Hello' } });
      await expect(sending).rejects.toBeInstanceOf(TransportError);
      await expect(sending).rejects.toMatchObject({ reason: 'bad-response', outcome: 'unknown' });
    },
  );

  it.each<[RateClass, Partial<OutgoingMessage>]>([
    ['send', { message: { text: 'Hello' } }],
    ['send', { message: { stickerId: '7' } }],
    ['send', { message: { attachment: { type: 'image', attachmentId: '7' } } }],
    ['send', { message: { attachment: { type: 'file', attachmentId: '7' } } }],
    ['send-media', { message: { attachment: { type: 'audio', attachmentId: '7' } } }],
    ['send-media', { message: { attachment: { type: 'video', attachmentId: '7' } } }],
    ['send', { to: { userRef: 'abc' } }],
    ['private-reply', { to: { commentId: '12_34' } }],
    ['private-reply', { to: { postId: '12_34' } }],
  ])("counts against Meta's limit %s: %j", async (rateClass, options) => {
    const seen: unknown[] = [];
    const watch: Middleware = async (call, next) => {
      seen.push([call.rateClass, call.weight]);
      return next();
    };
    const { messages } = client([], [watch]);
    await messages.send({ to, message: { text: 'Hello' }, ...options });
    expect(seen).toEqual([[rateClass, 1]]);
  });
});

describe('a text', () => {
  it('that is long goes out in parts, one after the other, quick replies with the last', async () => {
    const { messages, requests } = client(['1', '2', '3'].map((mid) => sentAs(`m_${mid}`)));
    const sent = await messages.sendText({ to, text: story, quickReplies, metadata: 'step-7' });

    expect(sent).toStrictEqual({
      recipientId: to,
      messageId: 'm_3',
      messageIds: ['m_1', 'm_2', 'm_3'],
    });
    expect(requests.map(({ body }) => body)).toEqual(
      parts.map((text, index) => ({
        recipient,
        messaging_type: 'RESPONSE',
        message: { text, metadata: 'step-7', ...(index === 2 && { quick_replies: replies }) },
      })),
    );
  });

  it('waits for the answer to a part before it sends the next', async () => {
    const { messages, requests } = client(['hang']);
    const controller = new AbortController();
    const sending = messages.sendText({ to, text: story, signal: controller.signal });
    sending.catch(() => {});
    await Promise.resolve();
    controller.abort();
    await expect(sending).rejects.toMatchObject({ reason: 'aborted', outcome: 'unknown' });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['refused', graphError(10, 2018278), GraphApiError, 'window-closed', 'recipient'],
    ['lost', new Error('boom'), TransportError, 'transient', 'message'],
  ])('of which a part is %s tells what was sent', async (_how, answer, type, kind, scope) => {
    const { messages, requests } = client([sentAs('m_1'), answer]);
    const sending = messages.sendText({ to, text: story });
    await expect(sending).rejects.toBeInstanceOf(PartlySentError);
    await expect(sending).rejects.toMatchObject({
      messageIds: ['m_1'],
      parts: 3,
      kind,
      scope,
      outcome: 'unknown',
      retryAfterMs: undefined,
      cause: expect.any(type),
    });
    expect(requests).toHaveLength(2);
  });

  it('of which the first part fails is not sent in part', async () => {
    const { messages, requests } = client([graphError(551)]);
    const sending = messages.sendText({ to, text: story });
    await expect(sending).rejects.toMatchObject({ kind: 'recipient-gone', code: 551 });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['message.text', { text: '' }],
    ['message.to', { to: 'me' }],
    ['message.metadata', { metadata: 'ữ'.repeat(1001) }],
    ['message.quickReplies[0].title', { quickReplies: [{ title: '', payload: 'x' }] }],
    ['message.quickReplies', { quickReplies: [] }],
  ])('with a wrong %s is refused before any part is sent', async (field, wrong) => {
    const { messages, requests } = client();
    const sending = messages.sendText({ to, text: story, ...wrong });
    await expect(sending).rejects.toBeInstanceOf(RequestError);
    await expect(sending).rejects.toMatchObject({ field });
    expect(requests).toEqual([]);
  });
});

describe('what a person sees beside messages', () => {
  it.each<[string, (messages: Messages) => Promise<void>, object]>([
    ...(['typing_on', 'typing_off', 'mark_seen'] as const).map(
      (action): [string, (messages: Messages) => Promise<void>, object] => [
        action,
        (messages) => messages.senderAction({ to, action }),
        { sender_action: action },
      ],
    ),
    [
      'a reaction',
      (messages) => messages.react({ to, messageId: 'm_1', reaction: '❤️' }),
      { sender_action: 'react', payload: { message_id: 'm_1', reaction: '❤️' } },
    ],
    [
      'a reaction taken back',
      (messages) => messages.unreact({ to, messageId: 'm_1' }),
      { sender_action: 'unreact', payload: { message_id: 'm_1' } },
    ],
  ])('%s carries the recipient and itself, and nothing else', async (_what, run, fields) => {
    const { messages, requests } = client();
    await expect(run(messages)).resolves.toBeUndefined();
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/v26.0/me/messages', query: {} });
    expect(requests[0]?.body).toStrictEqual({ recipient, ...fields });
  });

  it('counts as a send', async () => {
    const seen: RateClass[] = [];
    const watch: Middleware = async ({ rateClass }, next) => {
      seen.push(rateClass);
      return next();
    };
    await client([], [watch]).messages.senderAction({ to, action: 'typing_on' });
    expect(seen).toEqual(['send']);
  });

  it.each<[string, (messages: Messages) => Promise<void>]>([
    ['action.to', (messages) => messages.senderAction({ to: 'me', action: 'typing_on' })],
    ['action.to', (messages) => messages.unreact({ to: '', messageId: 'm_1' })],
    ['action.action', (messages) => messages.senderAction({ to, action: 'react' as 'mark_seen' })],
    ['reaction.messageId', (messages) => messages.react({ to, messageId: '', reaction: 'love' })],
    ['reaction.reaction', (messages) => messages.react({ to, messageId: 'm_1', reaction: '' })],
    ['reaction.messageId', (messages) => messages.unreact({ to, messageId: '' })],
  ])('a wrong %s is refused, and nothing is sent', async (field, run) => {
    const { messages, requests } = client();
    await expect(run(messages)).rejects.toMatchObject({ name: `RequestError [${field}]`, field });
    expect(requests).toEqual([]);
  });
});
