import { describe, expect, it } from 'vitest';

import {
  attachmentDelivery,
  echoDelivery,
  postbackDelivery,
  reactionDelivery,
  readDelivery,
  receiptDelivery,
  stickerDelivery,
  textDelivery,
  toMetaJson,
} from '../testing/index.ts';
import type { Delivery } from '../testing/index.ts';
import type { WebhookEvent } from './events.ts';
import { parseDelivery } from './parse.ts';

const pageId = '104729384756123';
const psid = '6912345678901234';
const timestamp = 1_763_900_000_000;
const who = { pageId, psid, timestamp };
const envelope = { platform: 'page', pageId, psid, timestamp, channel: 'messaging' };

function parse(what: unknown): readonly WebhookEvent[] {
  const text = typeof what === 'string' ? what : toMetaJson(what);
  const delivery = parseDelivery(Buffer.from(text));
  if (delivery.kind !== 'delivery') {
    throw new Error(`malformed: ${delivery.reason}`);
  }
  // What a queue does to them.
  expect(JSON.parse(JSON.stringify(delivery.events))).toEqual(delivery.events);
  return delivery.events;
}

function item(content: object, channel = 'messaging', object = 'page'): unknown {
  const whole = { sender: { id: psid }, recipient: { id: pageId }, timestamp, ...content };
  return { object, entry: [{ id: pageId, time: timestamp + 5, [channel]: [whole] }] };
}

function single(what: unknown): WebhookEvent {
  const events = parse(what);
  expect(events).toHaveLength(1);
  const [event] = events;
  if (event === undefined) {
    throw new Error('no event');
  }
  return event;
}

describe('what a person does', () => {
  it.each<[string, Delivery, object]>([
    [
      'a text',
      textDelivery({ ...who, mid: 'm_1', text: 'Bạn vừa nói: "ữ 🙂"' }),
      { type: 'text', id: 'message.m_1', mid: 'm_1', text: 'Bạn vừa nói: "ữ 🙂"' },
    ],
    [
      'a quick reply',
      textDelivery({ ...who, mid: 'm_2', text: 'Có', quickReplyPayload: 'YES' }),
      { type: 'text', id: 'message.m_2', mid: 'm_2', text: 'Có', quickReplyPayload: 'YES' },
    ],
    [
      'a picture',
      attachmentDelivery({ ...who, mid: 'm_3', type: 'image', url: 'https://cdn/x.jpg?a=1&b=2' }),
      {
        type: 'attachments',
        id: 'message.m_3',
        mid: 'm_3',
        attachments: [{ type: 'image', url: 'https://cdn/x.jpg?a=1&b=2' }],
      },
    ],
    [
      'a sticker',
      stickerDelivery({ ...who, mid: 'm_4', stickerId: 369239263222822, url: 'https://cdn/like' }),
      {
        type: 'attachments',
        id: 'message.m_4',
        mid: 'm_4',
        attachments: [{ type: 'sticker', url: 'https://cdn/like', stickerId: '369239263222822' }],
      },
    ],
    [
      'a postback',
      postbackDelivery({ ...who, mid: 'm_5', title: 'Bắt đầu', payload: 'GET_STARTED' }),
      {
        type: 'postback',
        id: 'postback.m_5',
        mid: 'm_5',
        title: 'Bắt đầu',
        payload: 'GET_STARTED',
      },
    ],
    [
      'a reaction',
      reactionDelivery({ ...who, mid: 'm_1', action: 'react', reaction: 'love', emoji: '❤' }),
      {
        type: 'reaction',
        id: expect.stringMatching(/^reaction\.[0-9a-f]{32}$/),
        mid: 'm_1',
        action: 'react',
        reaction: 'love',
        emoji: '❤',
      },
    ],
    [
      'an echo',
      echoDelivery({ ...who, mid: 'm_6', text: 'hi', appId: 1517776481860111, metadata: 's-1' }),
      {
        type: 'echo',
        id: 'echo.m_6',
        mid: 'm_6',
        appId: '1517776481860111',
        metadata: 's-1',
      },
    ],
    [
      'a receipt',
      receiptDelivery({ ...who, mids: ['m_6'] }),
      {
        type: 'delivery',
        id: expect.stringMatching(/^delivery\./),
        mids: ['m_6'],
        watermark: timestamp,
      },
    ],
    [
      'a read',
      readDelivery(who),
      { type: 'read', id: expect.stringMatching(/^read\./), watermark: timestamp },
    ],
  ])('%s becomes one event', (_what, delivery, expected) => {
    expect(single(delivery)).toEqual({ ...envelope, ...expected });
  });

  it.each([
    [
      'an edit',
      { message_edit: { mid: 'm_1', text: 'sửa', num_edit: 2 } },
      { type: 'edit', mid: 'm_1', text: 'sửa', edits: 2 },
    ],
    [
      'a referral',
      { referral: { ref: 'shop', source: 'ADS', type: 'OPEN_THREAD', ad_id: 6045246247433 } },
      {
        type: 'referral',
        referral: { ref: 'shop', source: 'ADS', type: 'OPEN_THREAD', adId: '6045246247433' },
      },
    ],
    [
      'an opt-in',
      { optin: { type: 'notification_messages', payload: 'NEWS', token: 'secret' } },
      { type: 'optin', optinType: 'notification_messages', payload: 'NEWS' },
    ],
    [
      'a place',
      {
        message: {
          mid: 'm_7',
          attachments: [
            { type: 'location', payload: { coordinates: { lat: 21.03, long: 105.85 } } },
          ],
        },
      },
      {
        type: 'attachments',
        attachments: [{ type: 'location', coordinates: { lat: 21.03, long: 105.85 } }],
      },
    ],
    [
      'a picture with words',
      { message: { mid: 'm_8', text: 'đây', attachments: [{ type: 'image', payload: null }] } },
      { type: 'attachments', text: 'đây', attachments: [{ type: 'image' }] },
    ],
    [
      'a link, which is a text with a preview',
      {
        message: {
          mid: 'm_9',
          text: 'https://a.vn',
          attachments: [{ type: 'fallback', payload: null, title: 'A', url: 'https://a.vn' }],
        },
      },
      {
        type: 'text',
        text: 'https://a.vn',
        attachments: [{ type: 'fallback', url: 'https://a.vn' }],
      },
    ],
    [
      'a reply to an ad',
      {
        message: {
          mid: 'm_10',
          text: 'giá?',
          reply_to: { mid: 'm_9' },
          referral: { source: 'ADS', type: 'OPEN_THREAD', ad_id: '1' },
        },
      },
      {
        type: 'text',
        replyToMid: 'm_9',
        referral: { source: 'ADS', type: 'OPEN_THREAD', adId: '1' },
      },
    ],
    [
      "another app's postback",
      { postback: { title: 'Mua' } },
      { type: 'postback', title: 'Mua', payload: undefined },
    ],
    ['an Instagram read', { read: { mid: 'aWdf' } }, { type: 'read', mid: 'aWdf' }],
  ])('%s is read', (_what, content, expected) => {
    const body = Buffer.from(toMetaJson(item(content)));
    const delivery = parseDelivery(body);
    expect(delivery).toMatchObject({ kind: 'delivery', events: [expected] });
  });

  it('an Instagram text has the same form', () => {
    const event = single(
      item({ message: { mid: 'aWc=', text: 'chào' } }, 'messaging', 'instagram'),
    );
    expect(event).toMatchObject({ type: 'text', platform: 'instagram', id: 'message.aWc=' });
  });

  it('on standby it is another event than in our own hands', () => {
    const content = { message: { mid: 'm_1', text: 'chào' } };
    expect(single(item(content, 'standby'))).toMatchObject({
      type: 'text',
      channel: 'standby',
      id: 'standby.message.m_1',
    });
  });
});
