import { describe, expect, it } from 'vitest';
import { createInstantClock } from '../testing/instant-clock.ts';
import { createScene, minhQuan, pageId, secrets, thuHa } from '../testing/scene.ts';
import type { EmulatorOptions } from '../options.ts';
import { systemClock } from '../clock.ts';

const otherPage = '100000000000002';
const twoPages = {
  pages: [
    { id: pageId, accessToken: secrets.accessToken },
    { id: otherPage, accessToken: 'other-token' },
  ],
} satisfies Partial<EmulatorOptions>;

describe('what happens to an event that cannot be delivered', () => {
  it('is refused when JSON has no words for it, and what comes after goes on', async () => {
    const { emulator, webhook } = await createScene();
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    for (const what of [circle, { optin: 1n }]) {
      expect(() => emulator.emit(thuHa, 'messaging_optins', what)).toThrow(
        expect.objectContaining({ code: 'INVALID_EVENT' }),
      );
      expect(() => emulator.emitForPage(pageId, 'feed', what)).toThrow(
        expect.objectContaining({ code: 'INVALID_EVENT' }),
      );
    }
    emulator.say(thuHa, 'vẫn còn đây');
    await emulator.idle();
    expect(webhook.texts()).toEqual(['vẫn còn đây']);
  });

  it('is as it was when it happened, whatever becomes of the value', async () => {
    const { emulator, webhook } = await createScene();
    const value = { item: 'status' };
    emulator.emitForPage(pageId, 'feed', value);
    value.item = 'photo';
    await emulator.idle();
    expect(webhook.posts[0]?.body.entry[0]?.changes).toEqual([
      { field: 'feed', value: { item: 'status' } },
    ]);
  });

  it('is refused for a field that Meta does not have, which nobody could wait for', async () => {
    const { emulator } = await createScene();
    for (const emit of [
      () => emulator.emit(thuHa, 'messaging_optin', {}),
      () => emulator.emitForPage(pageId, 'feeds', {}),
      () => emulator.subscribePage(pageId, ['message']),
    ]) {
      expect(emit).toThrow(expect.objectContaining({ code: 'INVALID_EVENT' }));
    }
  });
});

describe('the end of a subscription', () => {
  it('marks as failed what waited, and posts nothing of the Page any more', async () => {
    const clock = createInstantClock();
    const { emulator, webhook } = await createScene({ clock }, () => 503);
    emulator.say(thuHa, 'một');
    emulator.say(thuHa, 'hai');
    emulator.say(minhQuan, 'ba');
    const after: number[] = [];
    emulator.subscribe((change) => {
      if (change.kind === 'alert' && change.alert.kind === 'disabled') {
        after.push(webhook.posts.length);
      }
    });
    await emulator.idle();
    const { conversations } = emulator.state;
    const statuses = [thuHa, minhQuan].flatMap((psid) =>
      conversations[psid]?.messages.map(({ status }) => status),
    );
    expect(statuses).toEqual(['failed', 'failed', 'failed']);
    // At most the one that was under way beside the attempt that ended it.
    expect(webhook.posts.length - (after[0] ?? 0)).toBeLessThanOrEqual(1);
  });

  it('is told once, while deliveries go on that it shares with another Page', async () => {
    const clock = createInstantClock();
    const { emulator } = await createScene(
      {
        clock,
        ...twoPages,
        eventsPerDelivery: 10,
        people: [
          { psid: thuHa, name: 'Hà' },
          { psid: minhQuan, name: 'Quân', pageId: otherPage },
        ],
        redeliveryDelaysMs: Array.from({ length: 200 }, () => 60_000),
      },
      () => 503,
    );
    // The first Page has failed for a quarter of an hour before the other has anything.
    let isTold = false;
    emulator.subscribe(({ kind }) => {
      if (kind !== 'alert' || isTold) return;
      isTold = true;
      emulator.say('5000000000000001', 'cùng lúc');
      emulator.say(minhQuan, 'cùng lúc');
    });
    emulator.say(thuHa, 'trước');
    await emulator.idle();
    expect(emulator.state.alerts.map((alert) => [alert.kind, alert.pageId])).toEqual([
      ['failing', pageId],
      ['failing', otherPage],
      ['disabled', pageId],
      ['disabled', otherPage],
    ]);
  });
});

describe('a replay', () => {
  it('that fails does not undo that the message arrived', async () => {
    const clock = createInstantClock();
    const { emulator } = await createScene({ clock, redeliveryDelaysMs: [0] }, (count) =>
      count === 0 ? 200 : 503,
    );
    emulator.say(thuHa, 'xin chào');
    await emulator.idle();
    emulator.replay(emulator.state.deliveries[0]?.id ?? '');
    await emulator.idle();
    expect(emulator.state.deliveries[1]).toMatchObject({ done: true, accepted: false });
    expect(emulator.state.conversations[thuHa]?.messages).toMatchObject([{ status: 'delivered' }]);
  });
});

describe('closing', () => {
  it('ends waiting for idle, with events that were never sent', async () => {
    const { emulator } = await createScene({ clock: systemClock }, () => 503);
    emulator.say(thuHa, 'một');
    emulator.say(thuHa, 'hai');
    const idle = emulator.idle();
    await emulator.close();
    await expect(idle).resolves.toBeUndefined();
    await expect(emulator.idle()).resolves.toBeUndefined();
  });

  it('lets nothing be sent any more', async () => {
    const { emulator } = await createScene();
    emulator.say(thuHa, 'một');
    await emulator.idle();
    await emulator.close();
    const [delivery] = emulator.state.deliveries;
    for (const act of [
      () => emulator.replay(delivery?.id ?? ''),
      () => emulator.emitForPage(pageId, 'feed', {}),
    ]) {
      expect(act).toThrow(expect.objectContaining({ code: 'CLOSED' }));
    }
    expect(emulator.state.deliveries).toHaveLength(1);
  });
});
