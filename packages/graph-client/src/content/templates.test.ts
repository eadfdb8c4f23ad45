import { expect, it } from 'vitest';

import { toGraphMessage } from './message.ts';
import type { Template } from './templates.ts';

const url = 'https://example.com/ao-dai.png';
const title = 'Áo dài';

const examples: readonly (readonly [template: Template, payload: object])[] = [
  [
    {
      type: 'button',
      text: 'Bạn muốn gì?',
      buttons: [
        {
          type: 'web_url',
          title: 'Xem',
          url,
          webviewHeightRatio: 'tall',
          messengerExtensions: true,
          fallbackUrl: url,
          webviewShareButton: 'hide',
        },
        { type: 'postback', title: 'Mua', payload: 'BUY' },
        { type: 'phone_number', title: 'Gọi', payload: '+84901234567' },
      ],
    },
    {
      template_type: 'button',
      text: 'Bạn muốn gì?',
      buttons: [
        {
          type: 'web_url',
          title: 'Xem',
          url,
          webview_height_ratio: 'tall',
          messenger_extensions: true,
          fallback_url: url,
          webview_share_button: 'hide',
        },
        { type: 'postback', title: 'Mua', payload: 'BUY' },
        { type: 'phone_number', title: 'Gọi', payload: '+84901234567' },
      ],
    },
  ],
  [
    {
      type: 'generic',
      sharable: true,
      elements: [
        {
          title,
          subtitle: 'Lụa',
          imageUrl: url,
          defaultAction: { type: 'web_url', url, webviewHeightRatio: 'full' },
          buttons: [
            { type: 'account_link', url },
            { type: 'account_unlink' },
            { type: 'game_play', title: 'Chơi' },
          ],
        },
      ],
    },
    {
      template_type: 'generic',
      sharable: true,
      elements: [
        {
          title,
          subtitle: 'Lụa',
          image_url: url,
          default_action: { type: 'web_url', url, webview_height_ratio: 'full' },
          buttons: [
            { type: 'account_link', url },
            { type: 'account_unlink' },
            { type: 'game_play', title: 'Chơi' },
          ],
        },
      ],
    },
  ],
  [
    { type: 'media', sharable: false, elements: [{ mediaType: 'image', attachmentId: '17' }] },
    {
      template_type: 'media',
      sharable: false,
      elements: [{ media_type: 'image', attachment_id: '17' }],
    },
  ],
  [
    { type: 'media', elements: [{ mediaType: 'video', url: 'https://www.facebook.com/a/1' }] },
    {
      template_type: 'media',
      elements: [{ media_type: 'video', url: 'https://www.facebook.com/a/1' }],
    },
  ],
  [
    {
      type: 'receipt',
      recipientName: 'Nguyễn Văn An',
      merchantName: 'Tiệm áo',
      orderNumber: '12345',
      currency: 'VND',
      paymentMethod: 'Visa 1234',
      orderUrl: url,
      timestamp: '1764000000',
      address: {
        street1: '1 Lê Lợi',
        street2: 'Tầng 2',
        city: 'Huế',
        postalCode: '49000',
        state: 'Huế',
        country: 'VN',
      },
      summary: { subtotal: 100_000, shippingCost: 15_000, totalTax: 5000, totalCost: 110_000 },
      adjustments: [{ name: 'Giảm giá', amount: -10_000 }],
      elements: [{ title, quantity: 1, price: 50_000, currency: 'VND', imageUrl: url }],
    },
    {
      template_type: 'receipt',
      recipient_name: 'Nguyễn Văn An',
      merchant_name: 'Tiệm áo',
      order_number: '12345',
      currency: 'VND',
      payment_method: 'Visa 1234',
      order_url: url,
      timestamp: '1764000000',
      address: {
        street_1: '1 Lê Lợi',
        street_2: 'Tầng 2',
        city: 'Huế',
        postal_code: '49000',
        state: 'Huế',
        country: 'VN',
      },
      summary: { subtotal: 100_000, shipping_cost: 15_000, total_tax: 5000, total_cost: 110_000 },
      adjustments: [{ name: 'Giảm giá', amount: -10_000 }],
      elements: [{ title, quantity: 1, price: 50_000, currency: 'VND', image_url: url }],
    },
  ],
  [
    {
      type: 'coupon',
      title,
      subtitle: 'Tết',
      couponCode: 'TET2027',
      couponUrl: url,
      couponUrlButtonTitle: 'Mua',
      couponPreMessage: 'Tặng bạn',
      imageUrl: url,
      payload: 'TET',
    },
    {
      template_type: 'coupon',
      title,
      subtitle: 'Tết',
      coupon_code: 'TET2027',
      coupon_url: url,
      coupon_url_button_title: 'Mua',
      coupon_pre_message: 'Tặng bạn',
      image_url: url,
      payload: 'TET',
    },
  ],
  [
    { type: 'product', elements: [{ id: '7' }, { id: '8' }] },
    { template_type: 'product', elements: [{ id: '7' }, { id: '8' }] },
  ],
  [
    {
      type: 'image_grid',
      elements: [
        {
          title,
          subtitle: 'Lụa',
          images: [
            { url, isHeroImage: true, action: { type: 'web_url', url } },
            {
              url,
              isHeroImage: false,
              action: { type: 'postback', payload: 'A', text: 'Cái này' },
            },
          ],
          buttons: [
            { type: 'postback', title: 'Mua', payload: 'BUY' },
            { type: 'web_url', title: 'Xem', url },
          ],
        },
      ],
    },
    {
      template_type: 'image_grid',
      elements: [
        {
          title,
          subtitle: 'Lụa',
          images: [
            { url, is_hero_image: true, action: { type: 'web_url', url } },
            {
              url,
              is_hero_image: false,
              action: { type: 'postback', payload: 'A', text: 'Cái này' },
            },
          ],
          buttons: [
            { type: 'postback', title: 'Mua', payload: 'BUY' },
            { type: 'web_url', title: 'Xem', url },
          ],
        },
      ],
    },
  ],
  [
    {
      type: 'customer_feedback',
      title: 'Bạn thấy sao?',
      subtitle: 'Chỉ một câu',
      buttonTitle: 'Trả lời',
      feedbackScreens: [
        {
          questions: [
            {
              id: 'ao_1',
              type: 'csat',
              title,
              scoreLabel: 'neg_pos',
              scoreOption: 'five_stars',
              followUp: { type: 'free_form', placeholder: 'Vì sao?' },
            },
          ],
        },
      ],
      businessPrivacy: { url },
      expiresInDays: 3,
    },
    {
      template_type: 'customer_feedback',
      title: 'Bạn thấy sao?',
      subtitle: 'Chỉ một câu',
      button_title: 'Trả lời',
      feedback_screens: [
        {
          questions: [
            {
              id: 'ao_1',
              type: 'csat',
              title,
              score_label: 'neg_pos',
              score_option: 'five_stars',
              follow_up: { type: 'free_form', placeholder: 'Vì sao?' },
            },
          ],
        },
      ],
      business_privacy: { url },
      expires_in_days: 3,
    },
  ],
  [
    {
      type: 'customer_information',
      countries: ['VN', 'US'],
      businessPrivacy: { url },
      expiresInDays: 7,
    },
    {
      template_type: 'customer_information',
      countries: ['VN', 'US'],
      business_privacy: { url },
      expires_in_days: 7,
    },
  ],
];

it.each(examples)('a $type template is what the Send API takes', (template, payload) => {
  expect(toGraphMessage({ template })).toStrictEqual({ attachment: { type: 'template', payload } });
});

/** Every object in a value, itself the first. */
function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value, ...inner];
}

it.each(examples)('a $type template takes nothing unknown, wherever it stands', (template) => {
  for (const place of objectsIn(template).keys()) {
    const copy = structuredClone(template);
    Reflect.set(objectsIn(copy)[place] ?? {}, 'colour', 'đỏ');
    expect(() => toGraphMessage({ template: copy })).toThrow('must not have colour');
  }
});
