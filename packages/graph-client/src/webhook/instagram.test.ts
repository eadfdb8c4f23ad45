import { describe, expect, it } from 'vitest';

import {
  deletionDelivery,
  echoDelivery,
  editDelivery,
  postbackDelivery,
  reactionDelivery,
  readDelivery,
  referralDelivery,
  textDelivery,
  toStandby,
} from '../testing/index.ts';
import { message, single } from './delivery.test-setup.ts';

const account = '17841405822304914';
const igsid = '1254459154682919';
const mid = 'aWdfZAG1faXRlbToxOklHTWVzc2FnZA==';
const who = {
  object: 'instagram',
  pageId: account,
  psid: igsid,
  timestamp: 1_763_900_000_000,
} as const;
const base = { platform: 'instagram', pageId: account, psid: igsid, channel: 'messaging' };

describe('on Instagram', () => {
  it.each([
    [
      'a text',
      textDelivery({ ...who, mid, text: 'chào shop' }),
      { type: 'text', id: `message.${mid}` },
    ],
    [
      'an echo',
      echoDelivery({ ...who, mid, text: 'Hi!', appId: 1 }),
      { type: 'echo', text: 'Hi!' },
    ],
    ['a read', readDelivery({ ...who, mid }), { type: 'read', id: `read.${mid}`, mid }],
    ['an edit', editDelivery({ ...who, mid, text: 'sửa', edits: 1 }), { type: 'edit', edits: 1 }],
    [
      'a deletion',
      deletionDelivery({ ...who, mid }),
      { type: 'deletion', id: `deletion.${mid}`, mid },
    ],
    [
      'a reaction',
      reactionDelivery({ ...who, mid, action: 'unreact', reaction: 'love', emoji: '❤' }),
      { type: 'reaction', action: 'unreact' },
    ],
    [
      'an icebreaker',
      postbackDelivery({ ...who, mid, title: 'Giá bao nhiêu?', payload: 'PRICE' }),
      { type: 'postback', payload: 'PRICE' },
    ],
    [
      'an ig.me link',
      referralDelivery({ ...who, ref: 'bio' }),
      { type: 'referral', referral: { ref: 'bio' } },
    ],
  ])('%s has the same form', (_what, delivery, expected) => {
    expect(single(delivery)).toMatchObject({ ...base, ...expected });
  });

  it('a message on standby is marked so', () => {
    const delivery = toStandby(textDelivery({ ...who, mid, text: 'chào shop' }));
    expect(single(delivery)).toMatchObject({ platform: 'instagram', channel: 'standby' });
  });

  it.each([
    [
      { story: { id: '17850000000000001', url: 'https://cdn/s' } },
      { id: '17850000000000001', url: 'https://cdn/s' },
    ],
    [{ story: { url: 'https://cdn/s' } }, { url: 'https://cdn/s' }],
  ])('an answer to a story tells the story: %j', (replyTo, story) => {
    expect(single(message({ text: 'đẹp quá', reply_to: replyTo }, 'instagram'))).toMatchObject({
      replyTo: { story },
    });
  });

  it.each(['story_mention', 'share', 'ig_post', 'ig_reel'])('a %s is an attachment', (type) => {
    const attachments = [{ type, payload: { url: 'https://cdn/p' } }];
    expect(single(message({ attachments }, 'instagram'))).toMatchObject({
      type: 'attachments',
      attachments: [{ type, url: 'https://cdn/p' }],
    });
  });

  it('a picture that vanishes has no address', () => {
    const event = single(message({ attachments: [{ type: 'ephemeral' }] }, 'instagram'));
    expect(event).toHaveProperty('attachments', [{ type: 'ephemeral' }]);
  });

  it('a message that its API does not show is unsupported', () => {
    expect(single(message({ is_unsupported: true, text: 'x' }, 'instagram'))).toMatchObject({
      type: 'unsupported',
      keys: ['message'],
    });
  });

  it("the business's own message, taken back, belongs to the person who got it", () => {
    const content = { mid, is_deleted: true, is_echo: true };
    const item = { sender: { id: account }, recipient: { id: igsid }, message: content };
    const delivery = { object: 'instagram', entry: [{ id: account, time: 1, messaging: [item] }] };
    expect(single(delivery)).toMatchObject({ ...base, type: 'deletion', mid });
  });
});
