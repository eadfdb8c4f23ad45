import { expect, it } from 'vitest';

import { RequestError } from '../errors.ts';
import { toGraphMessage } from './message.ts';
import type { MessageContent } from './message.ts';

/** Stands for what a person wrote; no error may show it. */
const text = 'số thẻ 4111';
const title = text;
const url = 'https://example.com/ao.png';
const facebook = 'https://www.facebook.com/photo/1';
const card = { title, subtitle: text };
const media = { mediaType: 'image', attachmentId: '7' };
const receipt = {
  type: 'receipt',
  recipientName: text,
  orderNumber: '12345',
  currency: 'VND',
  paymentMethod: text,
  summary: { totalCost: 120_000 },
};
const feedback = {
  type: 'customer_feedback',
  title,
  subtitle: text,
  buttonTitle: text,
  feedbackScreens: [{ questions: [{ id: 'q1', type: 'csat' }] }],
  businessPrivacy: { url },
};
const information = {
  type: 'customer_information',
  countries: ['VN'],
  businessPrivacy: { url },
};

const button = (more: object): object => ({
  template: { type: 'button', text, buttons: [{ type: 'postback', title, payload: 'x', ...more }] },
});
const generic = (more: object): object => ({
  template: { type: 'generic', elements: [{ ...card, ...more }] },
});
const ofMedia = (more: object): object => ({
  template: { type: 'media', elements: [{ ...media, ...more }] },
});
const grid = (more: object): object => ({
  template: { type: 'image_grid', elements: [{ images: [{ url }, { url }], ...more }] },
});
const ask = (more: object): object => ({
  template: {
    ...feedback,
    feedbackScreens: [{ questions: [{ id: 'q1', type: 'csat', ...more }] }],
  },
});
const utility = (more: object): object => ({ utility: { name: 'a', language: 'vi', ...more } });

it.each<[field: string, content: object]>([
  // Plain content
  ['text', { text: null }],
  ['text', { text: { text } }],
  ['stickerId', { stickerId: text }],
  ['stickerId', { stickerId: 369_239_263_222_822 }],
  ['images', { images: { url } }],
  ['images[1].url', { images: [{ url }, { url: text }] }],
  ['attachment.type', { attachment: { type: 'sticker', url } }],
  ['attachment.type', { attachment: { url } }],
  ['attachment.url', { attachment: { type: 'image' } }],
  ['attachment.url', { attachment: { type: 'image', url: `file:///${text}` } }],
  ['attachment.attachmentId', { attachment: { type: 'image', attachmentId: text } }],
  ['attachment.attachmentId', { attachment: { type: 'image', attachmentId: 1_745_504_518 } }],
  ['attachment', { attachment: { type: 'image', url, attachmentId: '7' } }],
  ['attachment.isReusable', { attachment: { type: 'image', url, isReusable: 'true' } }],

  // Quick replies
  ['quickReplies', { text, quickReplies: null }],
  ['quickReplies[0]', { text, quickReplies: [text] }],
  ['quickReplies[0].title', { text, quickReplies: [{ payload: text }] }],
  ['quickReplies[0].payload', { text, quickReplies: [{ title }] }],
  ['quickReplies[0].imageUrl', { text, quickReplies: [{ title, payload: 'x', imageUrl: text }] }],
  ['quickReplies[0].type', { text, quickReplies: [{ type: 'location' }] }],
  ['quickReplies[0]', { text, quickReplies: [{ type: 'user_email', title }] }],
  ['quickReplies[0].payload', { text, quickReplies: [{ type: 'user_email', payload: 7 }] }],

  // Buttons
  ['template.buttons', { template: { type: 'button', text } }],
  ['template.buttons[0].type', button({ type: 'element_share' })],
  ['template.buttons[0].payload', button({ payload: undefined })],
  ['template.buttons[0].payload', button({ payload: { text } })],
  ['template.buttons[0]', button({ url })],
  ['template.buttons[0].payload', button({ type: 'phone_number', payload: '0901234567' })],
  ['template.buttons[0].payload', button({ type: 'phone_number', payload: text })],

  // Templates
  ['template', { template: text }],
  ['template', { template: { text } }],
  ['template', { template: { type: 'list', elements: [card] } }],
  ['template', { template: { type: 'toString' } }],
  ['template.elements', { template: { type: 'generic', elements: card } }],
  ['template.elements[0]', generic({ subtitle: undefined })],
  ['template.elements[0]', generic({ image_url: url })],
  ['template.elements[0].title', generic({ title: undefined })],
  ['template.elements[0].imageUrl', generic({ imageUrl: text })],
  [
    'template.elements[0].defaultAction',
    generic({ defaultAction: { type: 'web_url', url, title } }),
  ],
  [
    'template.elements[0].defaultAction.type',
    generic({ defaultAction: { type: 'postback', url } }),
  ],
  ['template.elements[0].mediaType', ofMedia({ mediaType: 'audio' })],
  ['template.elements[0]', ofMedia({ url: facebook })],
  ['template.elements[0].attachmentId', ofMedia({ attachmentId: undefined })],
  ['template.elements[0].attachmentId', ofMedia({ attachmentId: 7 })],
  ['template.elements[0].url', ofMedia({ attachmentId: undefined, url })],
  [
    'template.elements[0].url',
    ofMedia({ attachmentId: undefined, url: 'https://facebook.com.example.com/1' }),
  ],
  ['template.currency', { template: { ...receipt, currency: 'vnd' } }],
  ['template.timestamp', { template: { ...receipt, timestamp: 1_764_000_000 } }],
  ['template.timestamp', { template: { ...receipt, timestamp: '1764000000000' } }],
  ['template.summary', { template: { ...receipt, summary: undefined } }],
  ['template.summary.totalCost', { template: { ...receipt, summary: {} } }],
  ['template.summary.totalCost', { template: { ...receipt, summary: { totalCost: Infinity } } }],
  ['template.orderNumber', { template: { ...receipt, orderNumber: '' } }],
  ['template.elements[0].price', { template: { ...receipt, elements: [{ title, price: -1 }] } }],
  ['template', { template: { type: 'coupon', title } }],
  ['template.couponCode', { template: { type: 'coupon', title, couponCode: text } }],
  ['template.elements[1].id', { template: { type: 'product', elements: [{ id: '7' }, {}] } }],
  ['template.elements[0].images', grid({ images: [1, 2].map(() => ({ url, isHeroImage: true })) })],
  ['template.elements[0].buttons[0].type', grid({ buttons: [{ type: 'account_unlink' }] })],
  [
    'template.elements[0].images[0].action.payload',
    grid({ images: [{ url, action: { type: 'postback', text } }, { url }] }),
  ],
  ['template.businessPrivacy.url', { template: { ...feedback, businessPrivacy: {} } }],
  ['template.expiresInDays', { template: { ...feedback, expiresInDays: 1.5 } }],
  ['template.feedbackScreens[0].questions[0].id', ask({ id: text })],
  ['template.feedbackScreens[0].questions[0].type', ask({ type: 'stars' })],
  ['template.countries', { template: { ...information, countries: [] } }],
  ['template.countries[0]', { template: { ...information, countries: ['Việt Nam'] } }],

  // Utility messages
  ['utility.name', utility({ name: 'Đơn hàng' })],
  ['utility.language', utility({ language: 'vi-VN' })],
  ['utility.language', utility({ language: { code: 'vi' } })],
  ['utility.components[0].type', utility({ components: [{ type: 'footer', parameters: [] }] })],
  [
    'utility.components[0].parameters[0].type',
    utility({ components: [{ type: 'body', parameters: [{ type: 'URL', url: text }] }] }),
  ],
])('message.%s is refused in %j', (field, content) => {
  const build = (): unknown => toGraphMessage(content as MessageContent);
  expect(build).toThrow(RequestError);
  expect(build).toThrow(expect.objectContaining({ field: `message.${field}` }));
  expect(build).not.toThrow(text);
});

it.each([
  ['template', { template: { type: 'list' } }, 'must have a type: button, generic, media,'],
  [
    'quickReplies[0].type',
    { text, quickReplies: [{ type: 'location' }] },
    'must be one of: text, user_phone_number, user_email',
  ],
])('the error of an unknown message.%s says which are known', (_field, content, rule) => {
  expect(() => toGraphMessage(content as MessageContent)).toThrow(rule);
});
