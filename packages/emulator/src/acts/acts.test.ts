import { describe, expect, it } from 'vitest';
import type { Emulator } from '../emulator.ts';
import { EMULATED_APP_ID, PAGE_INBOX_APP_ID } from '../webhook/events.ts';
import { createInstantClock } from '../testing/instant-clock.ts';
import {
  callGraph,
  createScene,
  graphPath,
  minhQuan,
  pageId,
  sendMessage,
  thuHa,
} from '../testing/scene.ts';
import { buttons, templateMessage, templates } from '../testing/templates.ts';

const quickReplies = [
  { content_type: 'text', title: 'Trà sen', payload: 'TRA_SEN' },
  { content_type: 'user_email', title: 'Email' },
];
const postback = (title: string, payload: string): object => ({ type: 'postback', title, payload });
const menu = (...items: object[]): object =>
  templateMessage({
    template_type: 'button',
    text: 'Mời bạn chọn',
    buttons: items,
  });

async function setProfile(emulator: Emulator, profile: object): Promise<void> {
  const answer = await callGraph(emulator, profile, { path: graphPath('messenger_profile') });
  expect(answer.body).toEqual({ result: 'success' });
}

describe('a tap', () => {
  it('on a quick reply is a message with its payload, and a bubble', async () => {
    const { emulator, webhook } = await createScene();
    await sendMessage(emulator, { text: 'Bạn dùng trà gì?', quick_replies: quickReplies });
    const { mid, timestamp } = emulator.tap(thuHa, 'Trà sen');
    await emulator.idle();

    expect(webhook.posts.at(-1)?.events).toEqual([
      {
        sender: { id: thuHa },
        recipient: { id: pageId },
        timestamp,
        message: { mid, text: 'Trà sen', quick_reply: { payload: 'TRA_SEN' } },
      },
    ]);
    expect(emulator.state.conversations[thuHa]?.messages.at(-1)).toEqual({
      mid,
      direction: 'out',
      timestamp,
      text: 'Trà sen',
      tap: { kind: 'quick-reply', payload: 'TRA_SEN' },
      status: 'delivered',
    });
  });

  it.each([
    ['the Page', (emulator: Emulator) => sendMessage(emulator, { text: 'Còn đó không?' })],
    ['the person', (emulator: Emulator) => emulator.say(thuHa, 'khoan đã')],
    ['a human', (emulator: Emulator) => emulator.sayAsHuman(thuHa, 'Để mình giúp')],
  ])('finds no quick reply after the next message of %s', async (_who, speak) => {
    const { emulator } = await createScene();
    await sendMessage(emulator, { text: 'Trà gì?', quick_replies: quickReplies });
    await speak(emulator);
    expect(() => emulator.tap(thuHa, 'Trà sen')).toThrow(/nothing to tap at all/);
  });

  it('on a button is a postback, also when it stands further up', async () => {
    const { emulator, webhook } = await createScene();
    await sendMessage(emulator, menu(buttons.web_url, postback('Gọi món', 'ORDER')));
    emulator.say(thuHa, 'để xem');
    const { mid, timestamp } = emulator.tap(thuHa, 'Gọi món');
    await emulator.idle();

    expect(webhook.posts.at(-1)?.events).toEqual([
      {
        sender: { id: thuHa },
        recipient: { id: pageId },
        timestamp,
        postback: { mid, title: 'Gọi món', payload: 'ORDER' },
      },
    ]);
    expect(emulator.state.deliveries.at(-1)).toMatchObject({
      events: [{ psid: thuHa, field: 'messaging_postbacks', mids: [mid] }],
    });
    expect(emulator.state.conversations[thuHa]?.messages.at(-1)).toMatchObject({
      mid,
      direction: 'out',
      text: 'Gọi món',
      status: 'delivered',
    });
  });

  it.each(['button', 'generic', 'media', 'image_grid'] as const)(
    'finds the buttons of a template: %s',
    async (type) => {
      const { emulator } = await createScene();
      await sendMessage(emulator, templateMessage(templates[type]));
      emulator.tap(thuHa, 'Xem thực đơn hôm nay');
      expect(emulator.state.conversations[thuHa]?.messages.at(-1)?.tap).toEqual({
        kind: 'postback',
        payload: 'x'.repeat(1000),
      });
    },
  );

  it('takes the newest of equal titles, or that of the message that is named', async () => {
    const { emulator } = await createScene();
    const first = await sendMessage(emulator, menu(postback('Xoá', 'DELETE_1')));
    await sendMessage(emulator, menu(postback('Xoá', 'DELETE_2')));
    emulator.tap(thuHa, 'Xoá');
    emulator.tap(thuHa, 'Xoá', { mid: String(first.body['message_id']) });
    const taps = emulator.state.conversations[thuHa]?.messages.slice(-2).map(({ tap }) => tap);
    expect(taps).toMatchObject([{ payload: 'DELETE_2' }, { payload: 'DELETE_1' }]);
    expect(() => emulator.tap(thuHa, 'Xoá', { mid: 'm_none' })).toThrow(/at all/);
  });

  it('finds the menu at any time, in any language, but not its links', async () => {
    const { emulator } = await createScene();
    const link = { type: 'web_url', title: 'Website', url: 'https://quan.example' };
    await setProfile(emulator, {
      get_started: { payload: 'START' },
      persistent_menu: [
        { locale: 'default', call_to_actions: [postback('Our teas', 'TEAS'), link] },
        { locale: 'vi_VN', call_to_actions: [postback('Các loại trà', 'TEAS_VI')] },
      ],
    });
    emulator.say(thuHa, 'xin chào');
    for (const title of ['Our teas', 'Các loại trà']) emulator.tap(thuHa, title);
    const taps = emulator.state.conversations[thuHa]?.messages.slice(1).map(({ tap }) => tap);
    expect(taps).toMatchObject([{ payload: 'TEAS' }, { payload: 'TEAS_VI' }]);
    expect(() => emulator.tap(thuHa, 'Website')).toThrow('there is "Our teas", "Các loại trà"');
  });

  it('finds Get Started and ice breakers only in an empty conversation', async () => {
    const { emulator, webhook } = await createScene();
    await setProfile(emulator, {
      get_started: { payload: 'START' },
      ice_breakers: [
        { locale: 'default', call_to_actions: [{ question: 'Mấy giờ mở cửa?', payload: 'HOURS' }] },
      ],
    });
    emulator.tap(thuHa, 'Get Started');
    emulator.tap(minhQuan, 'Mấy giờ mở cửa?');
    await emulator.idle();

    const postbacks = webhook.posts.map(({ events }) => events[0]?.postback);
    expect(new Set(postbacks.map((each) => each?.payload))).toEqual(new Set(['START', 'HOURS']));
    for (const title of ['Get Started', 'Mấy giờ mở cửa?']) {
      expect(() => emulator.tap(thuHa, title)).toThrow(/nothing to tap at all/);
    }
  });

  it('is delivered again with the same bytes, before what the person says next', async () => {
    const clock = createInstantClock();
    const { emulator, webhook } = await createScene({ clock }, (count) => (count < 3 ? 503 : 200));
    await setProfile(emulator, { get_started: { payload: 'START' } });
    emulator.tap(thuHa, 'Get Started');
    emulator.say(thuHa, 'xin chào');
    await emulator.idle();

    expect(webhook.posts).toHaveLength(5);
    expect(new Set(webhook.posts.slice(0, 4).map(({ bytes }) => String(bytes))).size).toBe(1);
    expect(webhook.texts().at(-1)).toBe('xin chào');
    expect(emulator.state.conversations[thuHa]?.messages[0]?.status).toBe('delivered');
  });

  it('on what is not there says what there is, and sends nothing', async () => {
    const { emulator } = await createScene();
    await setProfile(emulator, { get_started: { payload: 'START' } });
    const lost = { code: 'NOTHING_TO_TAP', message: expect.stringContaining('"Get Started"') };
    expect(() => emulator.tap(thuHa, 'Bắt đầu')).toThrow(expect.objectContaining(lost));
    expect(() => emulator.tap('nobody', 'Get Started')).toThrow(/1 to 32 digits/);
    expect(emulator.state.deliveries).toEqual([]);
  });
});

describe('a human who answers from the inbox', () => {
  it('shows as the Page, and comes back as an echo of the inbox', async () => {
    const { emulator, webhook } = await createScene();
    const { mid } = emulator.sayAsHuman(thuHa, 'Chào chị, em là Lan ạ');
    await emulator.idle();

    expect(emulator.state.conversations[thuHa]?.messages).toMatchObject([
      { mid, direction: 'in', text: 'Chào chị, em là Lan ạ', status: 'delivered' },
    ]);
    expect(webhook.posts[0]?.events[0]?.message).toEqual({
      mid,
      is_echo: true,
      app_id: PAGE_INBOX_APP_ID,
      text: 'Chào chị, em là Lan ạ',
    });
    expect(() => emulator.sayAsHuman(thuHa, ' ')).toThrow(/1 to 20000 characters/);
  });

  it('gets the conversation and gives it back', async () => {
    const { emulator, webhook } = await createScene();
    emulator.passThread(thuHa, 'inbox');
    emulator.passThread(thuHa, 'bot', 'đã xong');
    await emulator.idle();

    const events = webhook.posts.map(({ events: [event] }) => event);
    expect(events[0]).toMatchObject({ sender: { id: thuHa }, recipient: { id: pageId } });
    expect(events.map((event) => event?.pass_thread_control)).toEqual([
      { previous_owner_app_id: EMULATED_APP_ID, new_owner_app_id: PAGE_INBOX_APP_ID },
      {
        previous_owner_app_id: PAGE_INBOX_APP_ID,
        new_owner_app_id: EMULATED_APP_ID,
        metadata: 'đã xong',
      },
    ]);
  });
});
