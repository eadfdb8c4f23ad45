import { describe, expect, it } from 'vitest';
import { EMULATED_APP_ID, PAGE_INBOX_APP_ID } from '../webhook/events.ts';
import {
  callGraph,
  createScene,
  graphPath,
  minhQuan,
  pageId,
  sendMessage,
  thuHa,
} from '../testing/scene.ts';

const who = { sender: { id: thuHa }, recipient: { id: pageId } };

describe('a person', () => {
  it('reacts to a message of the Page, and takes it back', async () => {
    const { emulator, webhook } = await createScene();
    const { mid } = emulator.sayAsHuman(thuHa, 'Trà sen có rồi ạ');
    emulator.react(thuHa, mid, 'love');
    expect(emulator.state.conversations[thuHa]?.messages[0]?.reaction).toBe('love');
    emulator.react(thuHa, mid, undefined);
    await emulator.idle();
    const reactions = webhook.posts.flatMap(({ events }) =>
      events.flatMap((e) => e.reaction ?? []),
    );
    expect(reactions).toEqual([
      { mid, action: 'react', reaction: 'love', emoji: '❤' },
      { mid, action: 'unreact' },
    ]);
    expect(() => emulator.react(thuHa, mid, 'yawn')).toThrow(/one of love, smile/);
    expect(() => emulator.react(minhQuan, mid, 'love')).toThrow(/No message of the Page/);
  });

  it('edits a text five times and no more', async () => {
    const { emulator, webhook } = await createScene();
    const { mid } = emulator.say(thuHa, 'hai cái');
    for (let edits = 1; edits <= 5; edits += 1) emulator.edit(thuHa, mid, `${edits} cái`);
    await emulator.idle();
    expect(emulator.state.conversations[thuHa]?.messages[0]).toMatchObject({
      text: '5 cái',
      edits: 5,
    });
    expect(webhook.posts.at(-1)?.events[0]).toMatchObject({
      ...who,
      message_edit: { mid, text: '5 cái', num_edit: 5 },
    });
    expect(() => emulator.edit(thuHa, mid, '6 cái')).toThrow(/5 times at the most/);
    const sticker = emulator.attach(thuHa, 'sticker');
    expect(() => emulator.edit(thuHa, sticker.mid, 'chữ')).toThrow(/Only a text/);
  });

  it('replies to a message', async () => {
    const { emulator, webhook } = await createScene();
    const { mid } = emulator.sayAsHuman(thuHa, 'Loại nào ạ?');
    emulator.say(thuHa, 'loại này', { replyTo: mid });
    await emulator.idle();
    expect(webhook.posts.at(-1)?.events[0]?.message).toMatchObject({
      text: 'loại này',
      reply_to: { mid },
    });
    expect(() => emulator.say(minhQuan, 'x', { replyTo: mid })).toThrow(/no such message/);
  });

  it('comes by a link: told with the first tap, or by itself in a conversation', async () => {
    const { emulator, webhook } = await createScene();
    const start = { get_started: { payload: 'START' } };
    await callGraph(emulator, start, { path: graphPath('messenger_profile') });
    emulator.refer(thuHa, { ref: 'ban-5' });
    emulator.tap(thuHa, 'Get Started');
    emulator.refer(thuHa, { ref: 'quang-cao', source: 'ADS', adId: '42' });
    await emulator.idle();
    const [tap, referral] = webhook.posts.map(({ events }) => events[0]);
    const short = { ref: 'ban-5', source: 'SHORTLINK', type: 'OPEN_THREAD' };
    expect(tap?.postback).toMatchObject({ payload: 'START', referral: short });
    expect(referral?.referral).toEqual({
      ref: 'quang-cao',
      source: 'ADS',
      type: 'OPEN_THREAD',
      ad_id: '42',
    });
  });

  it('does what nobody foresaw, and so does a Page', async () => {
    const { emulator, webhook } = await createScene();
    const optin = { type: 'notification_messages', payload: 'TIN_MOI', title: 'Tin mới' };
    emulator.emit(thuHa, 'messaging_optins', { optin });
    emulator.emitForPage(pageId, 'inbox_labels', { action: 'add', user: { id: thuHa } });
    await emulator.idle();
    const [first, second] = webhook.posts.map(({ body }) => body.entry[0]).toSorted(byShape);
    expect(first?.messaging).toMatchObject([{ ...who, timestamp: expect.any(Number), optin }]);
    expect(second?.changes).toEqual([
      { field: 'inbox_labels', value: { action: 'add', user: { id: thuHa } } },
    ]);
    expect(() => emulator.emitForPage('42', 'feed', {})).toThrow(/No Page here/);
  });
});

/** Changes last: the two are of different lanes, and go side by side. */
function byShape(one: object | undefined, other: object | undefined): number {
  return Number('changes' in (one ?? {})) - Number('changes' in (other ?? {}));
}

describe('a human who takes the conversation', () => {
  it('is told, gets what comes as standby, and gives it back', async () => {
    const { emulator, webhook } = await createScene();
    emulator.takeThread(thuHa);
    emulator.say(thuHa, 'gặp nhân viên');
    emulator.say(minhQuan, 'chào bot');
    await emulator.idle();
    const entries = webhook.posts.map(({ body }) => body.entry[0]);
    expect(
      entries.find(({ messaging } = { id: '' }) => messaging?.[0]?.take_thread_control),
    ).toEqual(
      expect.objectContaining({
        messaging: [
          expect.objectContaining({
            ...who,
            take_thread_control: {
              previous_owner_app_id: EMULATED_APP_ID,
              new_owner_app_id: PAGE_INBOX_APP_ID,
            },
          }),
        ],
      }),
    );
    const standby = entries.flatMap((entry) => entry?.standby ?? []);
    expect(standby.map(({ message }) => message?.text)).toEqual(['gặp nhân viên']);
    const refused = { error: { code: 10, error_subcode: 2018300 } };
    expect((await sendMessage(emulator, { text: 'Chào' })).body).toMatchObject(refused);

    emulator.releaseThread(thuHa);
    expect((await sendMessage(emulator, { text: 'Chào' })).status).toBe(200);
  });
});
