import { describe, expect, it } from 'vitest';
import type { Emulator } from '../emulator.ts';
import { createInstantClock } from '../testing/instant-clock.ts';
import {
  callGraph,
  createScene,
  type GraphAnswer,
  graphPath,
  sendMessage,
  thuHa,
} from '../testing/scene.ts';
import { templateMessage, templates } from '../testing/templates.ts';

const HOUR_MS = 60 * 60_000;
const closed = { error: { code: 10, error_subcode: 2018278 } };
const people = [{ psid: thuHa, name: 'Nguyễn Thu Hà' }];

const tagged = (tag: string): object => ({ messaging_type: 'MESSAGE_TAG', tag });

function type(emulator: Emulator): Promise<GraphAnswer> {
  return callGraph(emulator, { recipient: { id: thuHa }, sender_action: 'typing_on' });
}

describe('the messaging window', () => {
  it('is closed to a person who never wrote, also for typing dots', async () => {
    const { emulator } = await createScene({ people });
    expect((await sendMessage(emulator, { text: 'Chào' })).body).toMatchObject(closed);
    expect((await type(emulator)).body).toMatchObject(closed);
    expect((await sendMessage(emulator, { text: 'Chào' }, tagged('HUMAN_AGENT'))).status).toBe(400);
    expect(emulator.state.conversations[thuHa]?.messages).toEqual([]);
  });

  it('closes 24 hours after the last message, for humans after 7 days', async () => {
    const clock = createInstantClock();
    const { emulator } = await createScene({ people, clock });
    const text = { text: 'Chào bạn' };
    const feedback = templateMessage(templates.customer_feedback);
    emulator.say(thuHa, 'xin chào');
    clock.pass(24 * HOUR_MS);
    expect((await sendMessage(emulator, text)).status).toBe(200);
    clock.pass(1);
    expect((await sendMessage(emulator, text)).body).toMatchObject(closed);
    expect((await sendMessage(emulator, text, tagged('HUMAN_AGENT'))).status).toBe(200);
    expect((await sendMessage(emulator, feedback, tagged('CUSTOMER_FEEDBACK'))).status).toBe(200);
    clock.pass(6 * 24 * HOUR_MS);
    expect((await sendMessage(emulator, text, tagged('HUMAN_AGENT'))).body).toMatchObject(closed);
  });

  it.each([
    ['a tap', (emulator: Emulator) => void emulator.tap(thuHa, 'Get Started')],
    ['a sticker', (emulator: Emulator) => void emulator.attach(thuHa, 'sticker')],
    [
      'a reaction',
      (emulator: Emulator) => emulator.react(thuHa, emulator.sayAsHuman(thuHa, 'Chào').mid, 'love'),
    ],
    [
      'a link into the conversation',
      (emulator: Emulator) => {
        emulator.sayAsHuman(thuHa, 'Chào');
        emulator.refer(thuHa, { ref: 'khuyen-mai' });
      },
    ],
  ])('is opened by %s', async (_what, act) => {
    const { emulator } = await createScene({ people });
    const start = { get_started: { payload: 'START' } };
    await callGraph(emulator, start, { path: graphPath('messenger_profile') });
    expect((await type(emulator)).body).toMatchObject(closed);
    act(emulator);
    expect((await type(emulator)).status).toBe(200);
  });

  it.each([
    ['an echo', (emulator: Emulator) => void emulator.sayAsHuman(thuHa, 'Chào')],
    ['a link before anything was said', (emulator: Emulator) => emulator.refer(thuHa, {})],
    ['reading', (emulator: Emulator) => emulator.read(thuHa)],
  ])('is not opened by %s', async (_what, act) => {
    const { emulator } = await createScene({ people });
    act(emulator);
    expect((await type(emulator)).body).toMatchObject(closed);
  });
});

describe('a person who has blocked the Page', () => {
  it('gets nothing and says nothing until they let it write again', async () => {
    const { emulator } = await createScene();
    emulator.block(thuHa, true);
    expect((await sendMessage(emulator, { text: 'Chào' })).body).toMatchObject({
      error: { code: 551, error_subcode: 1545041 },
    });
    expect(() => emulator.say(thuHa, 'alo')).toThrow('has blocked the Page');
    emulator.block(thuHa, false);
    emulator.say(thuHa, 'alo');
    expect((await sendMessage(emulator, { text: 'Chào' })).status).toBe(200);
  });
});
