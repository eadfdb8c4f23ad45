import { describe, expect, it } from 'vitest';

import { item, message, single } from './delivery.test-setup.ts';

const ad = {
  ref: 'tet',
  ad_id: 6045246247433,
  source: 'ADS',
  type: 'OPEN_THREAD',
  ads_context_data: {
    ad_title: 'Sale Tết',
    photo_url: 'https://cdn/ad.jpg',
    video_url: 'https://cdn/ad.mp4',
    post_id: '104729384756123_122098',
    product_id: 4521,
    flow_id: '77',
  },
};
const readAd = {
  ref: 'tet',
  adId: '6045246247433',
  source: 'ADS',
  type: 'OPEN_THREAD',
  adsContext: {
    adTitle: 'Sale Tết',
    photoUrl: 'https://cdn/ad.jpg',
    videoUrl: 'https://cdn/ad.mp4',
    postId: '104729384756123_122098',
    productId: '4521',
    flowId: '77',
  },
};

describe('beside its text, a message tells', () => {
  it.each([
    ['what it answers', { reply_to: { mid: 'm_0' } }, { replyTo: { mid: 'm_0' } }],
    [
      'that it answers the person',
      { reply_to: { mid: 'm_0', is_self_reply: true } },
      { replyTo: { mid: 'm_0', isSelfReply: true } },
    ],
    [
      'its commands',
      { commands: [{ name: 'gia' }, {}, 7, { name: 'ship' }] },
      { commands: ['gia', 'ship'] },
    ],
    ['the ad it came from', { referral: ad }, { referral: readAd }],
    [
      'what Messenger’s NLP made of it, and nothing of what is of no known form',
      {
        nlp: {
          intents: [{ id: '1', name: 'price', confidence: 0.9 }, { name: 7 }, 'x'],
          entities: {
            'wit$datetime:datetime': [{ body: 'mai', value: '2026-11-26', confidence: 0.8 }, null],
            strange: 'x',
          },
          traits: { wit$greetings: [{ value: 'true', confidence: 0.99 }] },
          detected_locales: [{ locale: 'vi_VN', confidence: 0.7 }],
        },
      },
      {
        nlp: {
          intents: [{ name: 'price', confidence: 0.9 }],
          locales: [{ name: 'vi_VN', confidence: 0.7 }],
          entities: [
            { name: 'wit$datetime:datetime', body: 'mai', value: '2026-11-26', confidence: 0.8 },
          ],
          traits: [{ name: 'wit$greetings', value: 'true', confidence: 0.99 }],
        },
      },
    ],
    ['a referral of nothing', { referral: {} }, { referral: {} }],
    [
      'a preview of its link',
      { attachments: [{ type: 'fallback', payload: null, title: 'A', url: 'https://a.vn' }] },
      { attachments: [{ type: 'fallback', title: 'A', url: 'https://a.vn' }] },
    ],
  ])('%s', (_what, content, expected) => {
    const event = single(message({ text: 'giá?', ...content }));
    expect(event).toMatchObject({ type: 'text', text: 'giá?', ...expected });
  });

  it('nothing of what is not there', () => {
    const absent = {
      reply_to: null,
      commands: [],
      referral: 'x',
      attachments: [],
      quick_reply: 1,
      nlp: [],
    };
    expect(Object.keys(single(message({ text: 'chào', ...absent }))).toSorted()).toEqual([
      'channel',
      'id',
      'mid',
      'pageId',
      'platform',
      'psid',
      'text',
      'timestamp',
      'type',
    ]);
  });

  it('the lead ad whose questions it sums up, in seconds', () => {
    const summary = { mid: 'm_2', text: 'Lead summary:\nCỡ?: M' };
    const context = { app_id: 413038776280800, metadata: 'messenger_lead_gen_complete' };
    expect(
      single(item({ timestamp: 1_763_900_000, message: summary, hop_context: context })),
    ).toMatchObject({
      type: 'text',
      timestamp: 1_763_900_000_000,
      hopContext: { appId: '413038776280800', metadata: 'messenger_lead_gen_complete' },
    });
  });
});

describe('an attachment is read:', () => {
  it.each([
    [
      'a place',
      {
        type: 'location',
        title: 'Hồ Gươm',
        payload: { coordinates: { lat: 21.03, long: 105.85 } },
      },
      { type: 'location', title: 'Hồ Gươm', coordinates: { lat: 21.03, long: 105.85 } },
    ],
    [
      'half a place',
      { type: 'location', payload: { coordinates: { lat: 21.03, long: '105' } } },
      { type: 'location' },
    ],
    [
      'a file',
      { type: 'file', payload: { url: 'https://cdn/a.pdf' } },
      { type: 'file', url: 'https://cdn/a.pdf' },
    ],
    ['a picture without payload', { type: 'image' }, { type: 'image' }],
    [
      'a reel',
      { type: 'reel', payload: { url: 'https://cdn/r', title: 'Mở hộp', reel_video_id: 12 } },
      { type: 'reel', url: 'https://cdn/r', title: 'Mở hộp' },
    ],
    [
      'a product',
      { type: 'template', payload: { product: { elements: [{ id: '4521', title: 'Áo xanh' }] } } },
      { type: 'template' },
    ],
    ['a booking', { type: 'appointment_booking', payload: {} }, { type: 'appointment_booking' }],
    ['a type to come', { type: 'hologram', payload: { url: 'u' } }, { type: 'hologram', url: 'u' }],
    ['no type', { payload: { url: 'u' } }, { type: 'unknown', url: 'u' }],
    [
      'media of the Page, whose id is a number',
      { type: 'video', payload: { attachment_id: 1857777774821032 } },
      { type: 'video', attachmentId: '1857777774821032' },
    ],
    [
      'media of the Page, whose id is a string',
      { type: 'video', payload: { attachment_id: '1857777774821032' } },
      { type: 'video', attachmentId: '1857777774821032' },
    ],
  ])('%s', (_what, attachment, expected) => {
    const [person, page] = [{}, { is_echo: true }].map((direction) =>
      single(message({ attachments: [attachment, null, 'x'], ...direction })),
    );
    expect(person).toMatchObject({ type: 'attachments', attachments: [expected] });
    expect(page).toMatchObject({ type: 'echo', attachments: [expected] });
  });

  it('several pictures with words are one event', () => {
    const attachments = ['1', '2'].map((url) => ({ type: 'image', payload: { url } }));
    expect(
      single(message({ text: 'hai mẫu này', attachments, reply_to: { mid: 'm_0' } })),
    ).toMatchObject({
      type: 'attachments',
      text: 'hai mẫu này',
      replyTo: { mid: 'm_0' },
      attachments: [
        { type: 'image', url: '1' },
        { type: 'image', url: '2' },
      ],
    });
  });
});

describe('an echo', () => {
  it('goes the other way: its person got it', () => {
    const echo = { sender: { id: '104729384756123' }, recipient: { id: 6912345678901234 } };
    expect(single(item({ ...echo, message: { mid: 'm_1', is_echo: true } }))).toMatchObject({
      type: 'echo',
      psid: '6912345678901234',
      pageId: '104729384756123',
    });
  });

  it("of another app's template tells its type and nothing else", () => {
    const template = { type: 'template', payload: { template_type: 'generic', elements: [] } };
    const event = single(message({ is_echo: true, app_id: 'x', attachments: [template] }));
    expect(event).toMatchObject({ type: 'echo', attachments: [{ type: 'template' }] });
    expect(event).not.toHaveProperty('appId');
  });
});

it('a referral tells the ad, a postback as well', () => {
  expect(single(item({ referral: ad }))).toMatchObject({ type: 'referral', referral: readAd });
  const postback = { mid: 'm_1', title: 'Bắt đầu', payload: 'GET_STARTED', referral: ad };
  expect(single(item({ postback }))).toMatchObject({ type: 'postback', referral: readAd });
});
