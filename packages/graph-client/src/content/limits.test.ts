import { describe, expect, it } from 'vitest';

import { RequestError } from '../errors.ts';
import { toGraphMessage } from './message.ts';
import type { MessageContent } from './message.ts';
import type { Template } from './templates.ts';

/** Every text here is made of this letter, so that an error that quotes one is found out. */
const words = (count: number): string => 'ữ'.repeat(count);
const letters = (count: number): string => 'a'.repeat(count);
const digits = (count: number): string => '9'.repeat(count);
const address = (count: number): string => 'https://a.vn'.padEnd(count, '/').slice(0, count);
const days = (count: number): number => count;
const many =
  (item: unknown) =>
  (count: number): unknown[] =>
    Array.from({ length: count }, () => item);

const text = words(3);
const title = text;
const url = 'https://example.com/ao.png';
const reply = { title, payload: text };
const postback = { type: 'postback', title, payload: text } as const;
const image = { url };
const question = { id: 'q1', type: 'csat', followUp: { type: 'free_form' } } as const;
const email = { text, quickReplies: [{ type: 'user_email', payload: text }] } as const;
const picture: MessageContent = { attachment: { type: 'image', url } };

const buttons: Template = { type: 'button', text, buttons: [postback] };
const webUrl: Template = { type: 'button', text, buttons: [{ type: 'web_url', title, url }] };
const phone: Template = {
  type: 'button',
  text,
  buttons: [{ type: 'phone_number', title, payload: '+84901234567' }],
};
const game: Template = {
  type: 'button',
  text,
  buttons: [{ type: 'game_play', title, payload: text }],
};
const generic: Template = { type: 'generic', elements: [{ title, subtitle: text }] };
const media: Template = { type: 'media', elements: [{ mediaType: 'image', attachmentId: '7' }] };
const coupon: Template = { type: 'coupon', title, couponCode: 'TET' };
const product: Template = { type: 'product', elements: [{ id: '7' }] };
const grid: Template = {
  type: 'image_grid',
  elements: [{ images: [image, { url, action: { type: 'postback', payload: text } }] }],
};
const gridButton: MessageContent = {
  template: { type: 'image_grid', elements: [{ images: [image, image], buttons: [postback] }] },
};
const receipt: Template = {
  type: 'receipt',
  recipientName: text,
  orderNumber: '12345',
  currency: 'VND',
  paymentMethod: 'Visa 1234',
  summary: { totalCost: 120_000 },
};
const feedback: Template = {
  type: 'customer_feedback',
  title,
  subtitle: text,
  buttonTitle: text,
  feedbackScreens: [{ questions: [question] }],
  businessPrivacy: { url },
};
const information: Template = {
  type: 'customer_information',
  countries: ['VN'],
  businessPrivacy: { url },
};
const utility: MessageContent = {
  utility: {
    name: 'don_hang',
    language: 'vi',
    components: [
      { type: 'body', parameters: [{ type: 'text', text }] },
      {
        type: 'buttons',
        parameters: [
          { type: 'POSTBACK', payload: text },
          { type: 'URL', url: text },
        ],
      },
    ],
  },
};

/** What may stand in a field of a message that is right otherwise: its least and most. */
const limits: readonly (readonly [
  field: string,
  least: number,
  most: number,
  make: (count: number) => unknown,
  content: MessageContent,
])[] = [
  ['text', 1, 2000, words, { text }],
  ['images', 1, 30, many(image), { images: [image] }],
  ['stickerId', 1, 32, digits, { stickerId: '7' }],
  ['attachment.url', 9, 2048, address, picture],
  ['attachment.attachmentId', 1, 32, digits, { attachment: { type: 'file', attachmentId: '7' } }],
  ['quickReplies', 1, 13, many(reply), picture],
  ['quickReplies[1].title', 1, 20, words, { text, quickReplies: [reply, { ...reply }] }],
  ['quickReplies[0].payload', 1, 1000, words, { text, quickReplies: [reply] }],
  ['quickReplies[0].payload', 1, 1000, words, email],
  ['template.text', 1, 640, words, { template: buttons }],
  ['template.buttons', 1, 3, many(postback), { template: buttons }],
  ['template.buttons[0].title', 1, 20, words, { template: buttons }],
  ['template.buttons[0].title', 1, 20, words, { template: webUrl }],
  ['template.buttons[0].title', 1, 20, words, { template: phone }],
  ['template.buttons[0].title', 1, 20, words, { template: game }],
  ['template.buttons[0].payload', 1, 1000, words, { template: buttons }],
  ['template.buttons[0].payload', 1, 1000, words, { template: game }],
  ['template.elements', 1, 10, many({ title, imageUrl: url }), { template: generic }],
  ['template.elements[0].title', 1, 80, words, { template: generic }],
  ['template.elements[0].subtitle', 1, 80, words, { template: generic }],
  ['template.elements[0].buttons', 1, 3, many(postback), { template: generic }],
  ['template.elements', 1, 1, many({ mediaType: 'video', attachmentId: '7' }), { template: media }],
  ['template.elements[0].buttons', 1, 3, many(postback), { template: media }],
  ['template.elements', 0, 100, many({ title, price: 0 }), { template: receipt }],
  ['template.timestamp', 1, 11, digits, { template: receipt }],
  ['template.title', 1, 80, words, { template: coupon }],
  ['template.subtitle', 1, 80, words, { template: coupon }],
  ['template.couponUrlButtonTitle', 1, 20, words, { template: coupon }],
  ['template.couponPreMessage', 1, 2000, words, { template: coupon }],
  ['template.payload', 1, 1000, words, { template: coupon }],
  ['template.elements', 1, 10, many({ id: '7' }), { template: product }],
  ['template.elements', 1, 1, many({ images: [image, image] }), { template: grid }],
  ['template.elements[0].images', 2, 6, many(image), { template: grid }],
  ['template.elements[0].images[1].action.payload', 1, 1000, words, { template: grid }],
  ['template.elements[0].images[1].action.text', 1, 2000, words, { template: grid }],
  ['template.elements[0].title', 1, 45, words, { template: grid }],
  ['template.elements[0].subtitle', 1, 80, words, { template: grid }],
  ['template.elements[0].buttons', 1, 3, many(postback), { template: grid }],
  ['template.elements[0].buttons[0].title', 1, 20, words, gridButton],
  ['template.title', 1, 65, words, { template: feedback }],
  ['template.subtitle', 1, 80, words, { template: feedback }],
  ['template.buttonTitle', 1, 20, words, { template: feedback }],
  ['template.feedbackScreens', 1, 1, many({ questions: [question] }), { template: feedback }],
  ['template.feedbackScreens[0].questions', 1, 1, many(question), { template: feedback }],
  ['template.feedbackScreens[0].questions[0].id', 1, 80, letters, { template: feedback }],
  ['template.feedbackScreens[0].questions[0].title', 1, 80, words, { template: feedback }],
  [
    'template.feedbackScreens[0].questions[0].followUp.placeholder',
    1,
    80,
    words,
    { template: feedback },
  ],
  ['template.expiresInDays', 1, 7, days, { template: feedback }],
  ['template.expiresInDays', 1, 7, days, { template: information }],
  ['utility.name', 1, 512, letters, utility],
  ['utility.components[0].parameters[0].text', 1, 2000, words, utility],
  ['utility.components[0].parameters[0].parameterName', 1, 100, letters, utility],
  ['utility.components[1].parameters[0].payload', 1, 1000, words, utility],
  ['utility.components[1].parameters[1].url', 1, 2000, words, utility],
];

/** The message with another value in one of its fields, as code without types may write it. */
function withValue(content: MessageContent, field: string, value: unknown): MessageContent {
  const copy = structuredClone(content);
  const path = field.split(/[.[\]]+/);
  const parent = path.slice(0, -1).reduce<object>((inner, key) => Reflect.get(inner, key), copy);
  Reflect.set(parent, path.at(-1) ?? '', value);
  return copy;
}

describe.each(limits)('message.%s', (field, least, most, make, content) => {
  it('is all that may be wrong there', () => {
    expect(() => toGraphMessage(content)).not.toThrow();
  });

  it.each([least, most])('takes %d', (count) => {
    expect(() => toGraphMessage(withValue(content, field, make(count)))).not.toThrow();
  });

  it.each(least === 0 ? [most + 1] : [least - 1, most + 1])('refuses %d', (count) => {
    const send = (): unknown => toGraphMessage(withValue(content, field, make(count)));
    expect(send).toThrow(RequestError);
    expect(send).toThrow(expect.objectContaining({ field: `message.${field}` }));
    expect(send).not.toThrow(words(1));
  });
});

it.each<[string, MessageContent]>([
  ['message.text', { text: '😊'.repeat(1001) }],
  ['message.quickReplies[0].title', { text, quickReplies: [{ ...reply, title: '😊'.repeat(11) }] }],
])('%s counts an emoji as two, as the longer reading of Meta does', (field, content) => {
  expect(() => toGraphMessage(content)).toThrow(expect.objectContaining({ field }));
});
