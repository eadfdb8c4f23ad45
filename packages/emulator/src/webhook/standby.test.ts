import { expect, it } from 'vitest';
import { callGraph, createScene, thuHa } from '../testing/scene.ts';

it('tells of a tap what it said but not its payload, which is for the app that sent the button', async () => {
  const { emulator, webhook } = await createScene();
  const payload = {
    template_type: 'button',
    text: 'Gì nữa ạ?',
    buttons: [{ type: 'postback', title: 'Trà sen', payload: 'TRA_SEN' }],
  };
  const message = { attachment: { type: 'template', payload } };
  await callGraph(emulator, { recipient: { id: thuHa }, message });
  emulator.takeThread(thuHa);
  const { mid } = emulator.tap(thuHa, 'Trà sen');
  await emulator.idle();
  expect(webhook.posts.at(-1)?.body.entry[0]?.standby).toMatchObject([
    { postback: { mid, title: 'Trà sen' } },
  ]);
  expect(String(webhook.posts.at(-1)?.bytes)).not.toContain('TRA_SEN');
  expect(emulator.state.conversations[thuHa]?.messages.at(-1)?.tap?.payload).toBe('TRA_SEN');
});

it.each(['toString', '__proto__', 'constructor', ''])('knows no reaction %j', async (reaction) => {
  const { emulator } = await createScene();
  const { mid } = emulator.sayAsHuman(thuHa, 'Chào bạn');
  expect(() => emulator.react(thuHa, mid, reaction)).toThrow(
    expect.objectContaining({ code: 'INVALID_EVENT' }),
  );
});
