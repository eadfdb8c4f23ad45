import { describe, expect, it } from 'vitest';

import * as deliveries from '../testing/index.ts';
import type { Delivery } from '../testing/index.ts';
import {
  base,
  hashed,
  pageId,
  parse,
  psid,
  single,
  timestamp,
  who,
} from './delivery.test-setup.ts';

describe('a message', () => {
  it.each<[string, Delivery, object]>([
    [
      'a text',
      deliveries.textDelivery({ ...who, mid: 'm_1', text: 'Bạn vừa nói: "ữ 🙂"' }),
      { type: 'text', id: 'message.m_1', mid: 'm_1', text: 'Bạn vừa nói: "ữ 🙂"' },
    ],
    [
      'a quick reply',
      deliveries.textDelivery({ ...who, mid: 'm_2', text: 'Có', quickReplyPayload: 'YES' }),
      { type: 'text', id: 'message.m_2', mid: 'm_2', text: 'Có', quickReplyPayload: 'YES' },
    ],
    [
      'a picture',
      deliveries.attachmentDelivery({
        ...who,
        mid: 'm_3',
        type: 'image',
        url: 'https://cdn/x?a=1',
      }),
      {
        type: 'attachments',
        id: 'message.m_3',
        mid: 'm_3',
        attachments: [{ type: 'image', url: 'https://cdn/x?a=1' }],
      },
    ],
    [
      'a sticker',
      deliveries.stickerDelivery({ ...who, mid: 'm_4', stickerId: 369239263222822, url: 'u' }),
      {
        type: 'attachments',
        id: 'message.m_4',
        mid: 'm_4',
        attachments: [{ type: 'sticker', url: 'u', stickerId: '369239263222822' }],
      },
    ],
    [
      'an echo',
      deliveries.echoDelivery({
        ...who,
        mid: 'm_6',
        text: 'Dạ, còn ạ',
        appId: 1517776481860111,
        metadata: 's-1',
      }),
      {
        type: 'echo',
        id: 'echo.m_6',
        mid: 'm_6',
        appId: '1517776481860111',
        metadata: 's-1',
        text: 'Dạ, còn ạ',
      },
    ],
    [
      'a receipt',
      deliveries.receiptDelivery({ ...who, mids: ['m_6'] }),
      { type: 'delivery', id: 'delivery.m_6', mids: ['m_6'], watermark: timestamp },
    ],
    [
      'a receipt of several',
      deliveries.receiptDelivery({ ...who, mids: ['m_6', 'm_7'] }),
      { type: 'delivery', id: hashed('delivery'), mids: ['m_6', 'm_7'], watermark: timestamp },
    ],
    [
      'a read',
      deliveries.readDelivery(who),
      { type: 'read', id: `read.${pageId}.${psid}.${timestamp}`, watermark: timestamp },
    ],
    [
      'a reaction',
      deliveries.reactionDelivery({
        ...who,
        mid: 'm_1',
        action: 'react',
        reaction: 'love',
        emoji: '❤',
      }),
      {
        type: 'reaction',
        id: hashed('reaction'),
        mid: 'm_1',
        action: 'react',
        reaction: 'love',
        emoji: '❤',
      },
    ],
    [
      'an edit',
      deliveries.editDelivery({ ...who, mid: 'm_1', text: 'Hai cái nhé', edits: 2 }),
      { type: 'edit', id: hashed('edit'), mid: 'm_1', text: 'Hai cái nhé', edits: 2 },
    ],
  ])('%s becomes one event', (_what, delivery, expected) => {
    expect(single(delivery)).toEqual({ ...base, ...expected });
  });
});

it('one POST holds all kinds, in their order', () => {
  const page = { ...who, object: undefined };
  const joined = deliveries.joinDeliveries([
    deliveries.textDelivery({ ...page, mid: 'm_1', text: 'chào' }),
    deliveries.labelDelivery({ ...page, action: 'add', labelId: '1', labelName: 'Mới' }),
    deliveries.toStandby(deliveries.textDelivery({ ...page, mid: 'm_2', text: 'xin chào' })),
    deliveries.policyDelivery({ ...page, action: 'warning' }),
  ]);
  expect(parse(joined).map(({ channel, type }) => [channel, type])).toEqual([
    ['messaging', 'text'],
    ['messaging', 'policy'],
    ['changes', 'label'],
    ['standby', 'text'],
  ]);
});
