import { describe, expect, it } from 'vitest';
import { createScene, sendMessage, thuHa } from '../testing/scene.ts';
import { expectRefused, expectTaken } from '../testing/verdicts.ts';
import { buttons, card, line, question, templates, url } from '../testing/templates.ts';

/*
 * The limits that Meta's pages name, row by row: what is taken at the limit, and what is refused
 * one above it. Each row is tried over HTTP.
 */

const long = (length: number): string => 'ữ'.repeat(length);
const many = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);
const template = (type: keyof typeof templates, change: object): object => ({
  attachment: { type: 'template', payload: { ...templates[type], ...change } },
});
const button = (change: object): object =>
  template('button', { buttons: [{ ...buttons.postback, ...change }] });
const reply = (change: object = {}): object => ({
  content_type: 'text',
  title: 'Trà sen',
  payload: 'SEN',
  ...change,
});
const asking = (quick_replies: object[]): object => ({ text: 'Bạn chọn gì?', quick_replies });
const product = { id: '42' };
const image = { url };
const grid = (change: object): object =>
  template('image_grid', { elements: [{ images: many(2, image), ...change }] });
const asked = (change: object): object =>
  template('customer_feedback', {
    feedback_screens: [{ questions: [{ ...question, ...change }] }],
  });

/** The row, what is taken, what is refused, and the parameter that the refusal names. */
type Row = readonly [row: string, taken: object, refused: object, named: string];

const messages: readonly Row[] = [
  ['text: 2000 characters', { text: long(2000) }, { text: long(2001) }, 'message[text]'],
  [
    'metadata: 1000 characters',
    { text: 'x', metadata: long(1000) },
    { text: 'x', metadata: long(1001) },
    'message[metadata]',
  ],
  [
    'quick replies: 13',
    asking(many(13, reply())),
    asking(many(14, reply())),
    'message[quick_replies]',
  ],
  [
    'quick reply title: 20',
    asking([reply({ title: long(20) })]),
    asking([reply({ title: long(21) })]),
    'message[quick_replies][0][title]',
  ],
  [
    'quick reply payload: 1000',
    asking([reply({ payload: long(1000) })]),
    asking([reply({ payload: long(1001) })]),
    'message[quick_replies][0][payload]',
  ],
  [
    'quick reply types: no location any more',
    asking([{ content_type: 'user_phone_number' }, { content_type: 'user_email' }]),
    asking([{ content_type: 'location' }]),
    'message[quick_replies][0][content_type]',
  ],
  ['button title: 20', button({ title: long(20) }), button({ title: long(21) }), '[title]'],
  [
    'button payload: 1000',
    button({ payload: long(1000) }),
    button({ payload: long(1001) }),
    '[payload]',
  ],
  [
    'buttons: 3 a template',
    template('button', { buttons: many(3, buttons.postback) }),
    template('button', { buttons: many(4, buttons.postback) }),
    '[buttons]',
  ],
  [
    'button types: no calls',
    template('button', { buttons: [buttons.phone_number, buttons.game_play] }),
    template('button', { buttons: [{ type: 'audio_call', title: 'Gọi', payload: 'x' }] }),
    '[buttons][0][type]',
  ],
  [
    'button template text: 640',
    template('button', { text: long(640) }),
    template('button', { text: long(641) }),
    '[text]',
  ],
  [
    'generic: 10 elements',
    template('generic', { elements: many(10, card) }),
    template('generic', { elements: many(11, card) }),
    '[elements]',
  ],
  [
    'generic title: 80',
    template('generic', { elements: [{ ...card, title: long(80) }] }),
    template('generic', { elements: [{ ...card, title: long(81) }] }),
    '[elements][0][title]',
  ],
  [
    'generic subtitle: 80',
    template('generic', { elements: [{ ...card, subtitle: long(80) }] }),
    template('generic', { elements: [{ ...card, subtitle: long(81) }] }),
    '[elements][0][subtitle]',
  ],
  [
    'generic: something besides the title',
    template('generic', { elements: [{ title: 'Trà', subtitle: 'Sen' }] }),
    template('generic', { elements: [{ title: 'Trà' }] }),
    '[elements][0]',
  ],
  [
    'media: exactly 1 element',
    template('media', {}),
    template('media', {
      elements: many(2, { media_type: 'image', url: 'https://facebook.com/1' }),
    }),
    '[elements]',
  ],
  [
    'media: an address of Facebook',
    template('media', { elements: [{ media_type: 'image', url: 'https://www.facebook.com/1' }] }),
    template('media', { elements: [{ media_type: 'image', url }] }),
    '[elements][0]',
  ],
  [
    'receipt: 100 elements',
    template('receipt', { order_number: 'A', elements: many(100, line) }),
    template('receipt', { order_number: 'B', elements: many(101, line) }),
    '[elements]',
  ],
  [
    'receipt timestamp: seconds as a string',
    template('receipt', { order_number: 'C', timestamp: '1764000000' }),
    template('receipt', { order_number: 'D', timestamp: 1_764_000_000 }),
    '[timestamp]',
  ],
  [
    'coupon title: 80',
    template('coupon', { title: long(80) }),
    template('coupon', { title: long(81) }),
    '[title]',
  ],
  [
    'coupon subtitle: 80',
    template('coupon', { subtitle: long(80) }),
    template('coupon', { subtitle: long(81) }),
    '[subtitle]',
  ],
  [
    'coupon code: no spaces',
    template('coupon', { coupon_code: 'TRA-SEN' }),
    template('coupon', { coupon_code: 'TRA SEN' }),
    '[coupon_code]',
  ],
  [
    'product: 10 ids',
    template('product', { elements: many(10, product) }),
    template('product', { elements: many(11, product) }),
    '[elements]',
  ],
  [
    'image grid: 2 to 6 images',
    grid({ images: many(6, image) }),
    grid({ images: many(7, image) }),
    '[images]',
  ],
  ['image grid: not 1 image', grid({}), grid({ images: [image] }), '[images]'],
  ['image grid title: 45', grid({ title: long(45) }), grid({ title: long(46) }), '[title]'],
  [
    'image grid subtitle: 80',
    grid({ subtitle: long(80) }),
    grid({ subtitle: long(81) }),
    '[subtitle]',
  ],
  [
    'image grid: 3 buttons',
    grid({ buttons: many(3, buttons.web_url) }),
    grid({ buttons: many(4, buttons.web_url) }),
    '[buttons]',
  ],
  [
    'image grid: one hero',
    grid({ images: [{ url, is_hero_image: true }, image] }),
    grid({ images: many(2, { url, is_hero_image: true }) }),
    '[images]',
  ],
  [
    'feedback title: 65',
    template('customer_feedback', { title: long(65) }),
    template('customer_feedback', { title: long(66) }),
    '[title]',
  ],
  [
    'feedback subtitle: 80',
    template('customer_feedback', { subtitle: long(80) }),
    template('customer_feedback', { subtitle: long(81) }),
    '[subtitle]',
  ],
  [
    'feedback button: 20',
    template('customer_feedback', { button_title: long(20) }),
    template('customer_feedback', { button_title: long(21) }),
    '[button_title]',
  ],
  [
    'feedback: 1 screen with 1 question',
    asked({}),
    template('customer_feedback', { feedback_screens: [{ questions: many(2, question) }] }),
    '[questions]',
  ],
  [
    'feedback id: 80 of A-Z a-z 0-9 _',
    asked({ id: 'x'.repeat(80) }),
    asked({ id: 'x'.repeat(81) }),
    '[id]',
  ],
  [
    'feedback: 1 to 7 days',
    template('customer_feedback', { expires_in_days: 7 }),
    template('customer_feedback', { expires_in_days: 8 }),
    '[expires_in_days]',
  ],
  [
    'information: 1 to 7 days',
    template('customer_information', { expires_in_days: 7 }),
    template('customer_information', { expires_in_days: 0 }),
    '[expires_in_days]',
  ],
  [
    'templates that are gone',
    template('button', {}),
    { attachment: { type: 'template', payload: { template_type: 'list', elements: [card] } } },
    '[template_type]',
  ],
  ['sticker id: digits', { sticker_id: '369239263222822' }, { sticker_id: 'like' }, '[sticker_id]'],
];

describe('limits of a message', () => {
  it.each(messages)('%s', async (_row, taken, refused, named) => {
    const { emulator } = await createScene();
    expectTaken(await sendMessage(emulator, taken));
    expectRefused(await sendMessage(emulator, refused), named);
    expect(emulator.state.conversations[thuHa]?.messages).toHaveLength(1);
  });
});
