import { describe, expect, it } from 'vitest';
import { createScene, sendMessage, thuHa } from '../testing/scene.ts';
import {
  address,
  buttons,
  card,
  line,
  question,
  templateMessage,
  templates,
  url,
  video,
} from '../testing/templates.ts';

const { button, generic, media, receipt, coupon, product } = templates;
const { image_grid: grid, customer_feedback: feedback, customer_information: form } = templates;
const hero = { url, is_hero_image: true };
const tapAction = { type: 'postback', payload: 'TRA' };
const screen = { questions: [question] };

const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);
const long = (length: number): string => 'ă'.repeat(length);
const withCard = (more: object): object => ({ ...generic, elements: [{ ...card, ...more }] });
const withGrid = (more: object): object => ({
  ...grid,
  elements: [{ images: many(2, { url }), ...more }],
});
const withVideo = (more: object): object => ({ ...media, elements: [{ ...video, ...more }] });
const withButton = (each: object): object => ({ ...button, buttons: [each] });
const withQuestion = (more: object): object => ({
  ...feedback,
  feedback_screens: [{ questions: [{ ...question, ...more }] }],
});

describe('a template', () => {
  it.each(Object.entries(templates))('%s is taken at its limits', async (type, template) => {
    const { emulator, webhook } = await createScene();
    const answer = await sendMessage(emulator, templateMessage(template));
    expect(answer.body).toMatchObject({ recipient_id: thuHa, message_id: expect.any(String) });
    await emulator.idle();

    const [bubble] = emulator.state.conversations[thuHa]?.messages ?? [];
    expect(bubble?.payload).toEqual(templateMessage(template));
    expect(bubble?.content).toMatchObject({ kind: 'template', templateType: type });
    expect(webhook.posts[0]?.events[0]?.message).toMatchObject({
      is_echo: true,
      attachments: [{ type: 'template', payload: template }],
    });
  });

  const who = {
    template_type: 'receipt',
    recipient_name: 'Alice Johnson',
    order_number: 'A-1',
    currency: 'USD',
    payment_method: 'Cash',
  };
  const least: [string, object][] = [
    ['button', withButton({ type: 'web_url', title: 'Mở', url })],
    ['button', withButton({ type: 'game_play', title: 'Chơi' })],
    ['button', withButton({ type: 'game_play', title: 'Chơi', game_metadata: {} })],
    [
      'generic',
      {
        template_type: 'generic',
        elements: [{ title: 'Trà', default_action: { type: 'web_url', url } }],
      },
    ],
    ['generic', { template_type: 'generic', elements: [{ title: 'Trà', subtitle: 'Sen' }] }],
    [
      'media',
      {
        template_type: 'media',
        elements: [{ media_type: 'image', url: 'http://fb.facebook.com/1' }],
      },
    ],
    [
      'receipt',
      {
        ...who,
        address: { ...address, street_2: undefined },
        summary: { total_cost: 1 },
        elements: [{ title: 'Trà sen', price: 0 }],
      },
    ],
    ['receipt', { ...who, summary: { total_cost: 1 } }],
    ['coupon', { template_type: 'coupon', title: 'Giảm giá', coupon_code: 'TRA' }],
    ['coupon', { template_type: 'coupon', title: 'Giảm giá', coupon_url: url }],
    ['product', { template_type: 'product', elements: [{ id: '42' }] }],
    ['image_grid', withGrid({ buttons: [buttons.web_url] })],
    ['image_grid', { template_type: 'image_grid', elements: [{ images: many(2, { url }) }] }],
    ['image_grid', withGrid({ images: many(2, { url, action: tapAction }) })],
    [
      'customer_feedback',
      { ...feedback, feedback_screens: [{ questions: [{ id: 'a', type: 'nps' }] }] },
    ],
    ['customer_feedback', withQuestion({ type: 'ces', follow_up: { type: 'free_form' } })],
    ['customer_feedback', { ...feedback, expires_in_days: undefined }],
    ['customer_information', { ...form, expires_in_days: undefined }],
  ];
  it.each(least)('%s needs no more: %j', async (_type, template) => {
    const { emulator } = await createScene();
    expect((await sendMessage(emulator, templateMessage(template))).body).toHaveProperty(
      'message_id',
    );
  });

  it.each(Object.entries(buttons))('may have a button %s', async (_type, each) => {
    const { emulator } = await createScene();
    const answer = await sendMessage(emulator, templateMessage(withButton(each)));
    expect(answer.status).toBe(200);
  });

  it('is told in one line by its titles and texts', async () => {
    const { emulator } = await createScene();
    const elements = [
      { title: 'Trà sen', subtitle: 'Ấm lớn', buttons: [buttons.postback] },
      { title: 'Jasmine tea', image_url: url },
    ];
    await sendMessage(emulator, templateMessage({ template_type: 'generic', elements }));
    expect(emulator.state.conversations[thuHa]?.messages[0]?.content).toMatchObject({
      summary: 'Trà sen · Ấm lớn · Jasmine tea',
    });
  });
});

/** The parameter that the refusal names, inside `message[attachment][payload]`, and the template. */
const refusals: [string, object][] = [
  ['[template_type]', { template_type: 'list', elements: [card] }],
  ['[template_type]', {}],
  ['[text]', { ...button, text: long(641) }],
  ['[text]', { ...button, text: ' ' }],
  ['[buttons]', { ...button, buttons: [] }],
  ['[buttons]', { ...button, buttons: many(4, buttons.postback) }],
  ['[sharable]', { ...button, sharable: true }],
  ['[buttons][0][type]', withButton({ type: 'share' })],
  ['[buttons][0][title]', withButton({ ...buttons.postback, title: long(21) })],
  ['[buttons][0][title]', withButton({ type: 'web_url', url })],
  ['[buttons][0][payload]', withButton({ ...buttons.postback, payload: long(1001) })],
  ['[buttons][0][payload]', withButton({ ...buttons.phone_number, payload: '0901234567' })],
  ['[buttons][0][url]', withButton({ ...buttons.web_url, url: 'quan.example' })],
  ['[buttons][0][url]', withButton({ ...buttons.account_link, url: 'ftp://quan.example/' })],
  ['[buttons][0][title]', withButton({ ...buttons.account_unlink, title: 'Thoát' })],
  [
    '[buttons][0][webview_height_ratio]',
    withButton({ ...buttons.web_url, webview_height_ratio: 'half' }),
  ],
  ['[elements]', { ...generic, elements: many(11, card) }],
  ['[elements]', { ...generic, elements: [] }],
  ['[elements][0][title]', withCard({ title: long(81) })],
  ['[elements][0][subtitle]', withCard({ subtitle: long(81) })],
  ['[elements][0][image_url]', withCard({ image_url: '/tra-sen.png' })],
  ['[elements][0][buttons]', withCard({ buttons: many(4, buttons.postback) })],
  ['[elements][0][default_action][title]', withCard({ default_action: buttons.web_url })],
  ['[elements][0]', { ...generic, elements: [{ title: 'Trà sen' }] }],
  ['[elements][0][price]', withCard({ price: '1' })],
  ['[elements]', { ...media, elements: [video, video] }],
  ['[elements]', { ...media, elements: [] }],
  ['[elements][0]', withVideo({ attachment_id: '42' })],
  ['[elements][0][url]', withVideo({ url: 'https://notfacebook.com/videos/42' })],
  ['[elements][0][media_type]', withVideo({ media_type: 'audio' })],
  ['[elements][0][buttons]', withVideo({ buttons: many(4, buttons.postback) })],
  ['[elements]', { ...receipt, elements: many(101, line) }],
  ['[timestamp]', { ...receipt, timestamp: '1764000000000' }],
  ['[timestamp]', { ...receipt, timestamp: 1_764_000_000 }],
  ['[order_number]', { ...receipt, order_number: undefined }],
  ['[currency]', { ...receipt, currency: 'đồng' }],
  ['[summary][total_cost]', { ...receipt, summary: { subtotal: 1 } }],
  ['[address][city]', { ...receipt, address: { ...address, city: '' } }],
  ['[elements][0][price]', { ...receipt, elements: [{ title: 'Trà', price: '9' }] }],
  ['[title]', { ...coupon, title: long(81) }],
  ['[subtitle]', { ...coupon, subtitle: long(81) }],
  ['[coupon_code]', { ...coupon, coupon_code: 'TRA SEN' }],
  ['', { ...coupon, coupon_code: undefined, coupon_url: undefined }],
  ['[coupon_url_button_title]', { ...coupon, coupon_url_button_title: long(21) }],
  ['[payload]', { ...coupon, payload: long(1001) }],
  ['[elements]', { ...product, elements: [] }],
  ['[elements]', { ...product, elements: many(11, { id: '1' }) }],
  ['[elements][0][id]', { ...product, elements: [{ id: 'trà' }] }],
  ['[elements]', { ...grid, elements: many(2, {}) }],
  ['[elements][0][title]', withGrid({ title: long(46) })],
  ['[elements][0][subtitle]', withGrid({ subtitle: long(81) })],
  ['[elements][0][images]', withGrid({ images: [hero] })],
  ['[elements][0][images]', withGrid({ images: many(7, { url }) })],
  ['[elements][0][images]', withGrid({ images: [hero, hero] })],
  ['[elements][0][images][0][action][type]', withGrid({ images: many(2, { url, action: {} }) })],
  ['[elements][0][buttons]', withGrid({ buttons: [] })],
  ['[elements][0][buttons]', withGrid({ buttons: many(4, buttons.postback) })],
  ['[elements][0][buttons][0][type]', withGrid({ buttons: [buttons.phone_number] })],
  ['[title]', { ...feedback, title: long(66) }],
  ['[subtitle]', { ...feedback, subtitle: long(81) }],
  ['[button_title]', { ...feedback, button_title: long(21) }],
  ['[feedback_screens]', { ...feedback, feedback_screens: [screen, screen] }],
  [
    '[feedback_screens][0][questions]',
    { ...feedback, feedback_screens: [{ questions: [question, question] }] },
  ],
  ['[feedback_screens][0][questions][0][id]', withQuestion({ id: 'x'.repeat(81) })],
  ['[feedback_screens][0][questions][0][id]', withQuestion({ id: 'câu-1' })],
  ['[feedback_screens][0][questions][0][id]', withQuestion({ id: '' })],
  ['[feedback_screens][0][questions][0][type]', withQuestion({ type: 'stars' })],
  ['[expires_in_days]', { ...feedback, expires_in_days: 8 }],
  ['[business_privacy]', { ...feedback, business_privacy: undefined }],
  ['[expires_in_days]', { ...form, expires_in_days: 0 }],
  ['[expires_in_days]', { ...form, expires_in_days: 1.5 }],
  ['[countries]', { ...form, countries: [] }],
  ['[countries][0]', { ...form, countries: ['Việt Nam'] }],
];

describe('a template that is wrong', () => {
  it.each(refusals)('in %s is refused by that name', async (parameter, template) => {
    const { emulator, webhook } = await createScene();
    const answer = await sendMessage(emulator, templateMessage(template));
    const { error } = answer.body as { error: { code: number; message: string } };
    expect(error.code).toBe(100);
    expect(error.message).toContain(`(#100) Param message[attachment][payload]${parameter} `);
    expect(error.message).not.toMatch(/ă|Trà|undefined/);
    expect(emulator.state.conversations[thuHa]?.messages).toEqual([]);
    expect(webhook.posts).toEqual([]);
  });

  it('is a receipt whose order number was used before', async () => {
    const { emulator } = await createScene();
    const send = async (order_number: string): Promise<number> =>
      (await sendMessage(emulator, templateMessage({ ...receipt, order_number }))).status;
    expect([await send('HĐ-1'), await send('HĐ-1'), await send('HĐ-2')]).toEqual([200, 400, 200]);
  });
});
