import { describe, expect, it } from 'vitest';
import { createInstantClock } from '../testing/instant-clock.ts';
import {
  callGraph,
  createScene,
  graphPath,
  minhQuan,
  pageId,
  secrets,
  thuHa,
} from '../testing/scene.ts';

const psidOf = (index: number): string => `5${String(index).padStart(15, '0')}`;

describe('events of one delivery', () => {
  it('are up to as many as may be, each in an entry of its own', async () => {
    const { emulator, webhook } = await createScene({ eventsPerDelivery: 1_000 });
    for (let index = 0; index < 2_500; index += 1) emulator.say(psidOf(index % 500), `${index}`);
    await emulator.idle();
    expect(webhook.posts.map(({ events }) => events.length).toSorted((a, b) => a - b)).toEqual([
      500, 1_000, 1_000,
    ]);
    expect(webhook.posts[0]?.body.entry[0]).toMatchObject({ id: pageId, messaging: [{}] });
    const ofOne = webhook.posts
      .flatMap(({ events }) => events)
      .filter(({ sender }) => sender.id === psidOf(7))
      .map(({ message }) => message?.text);
    expect(ofOne).toEqual(['7', '507', '1007', '1507', '2007']);
  });

  it('of a person wait while earlier ones of theirs are tried again', async () => {
    const clock = createInstantClock();
    const { emulator, webhook } = await createScene({ clock, eventsPerDelivery: 10 }, (count) =>
      count < 2 ? 503 : 200,
    );
    for (const text of ['một', 'hai']) emulator.say(thuHa, text);
    emulator.say(minhQuan, 'ba');
    await emulator.idle();
    expect(webhook.posts).toHaveLength(3);
    expect(new Set(webhook.posts.map(({ bytes }) => String(bytes))).size).toBe(1);
    const { messages = [] } = emulator.state.conversations[thuHa] ?? {};
    expect(messages.map(({ status }) => status)).toEqual(['delivered', 'delivered']);
  });
});

describe('a webhook that fails', () => {
  it('for 15 minutes is an alert, and for an hour ends the subscription', async () => {
    const clock = createInstantClock();
    let isUp = false;
    const { emulator, webhook } = await createScene({ clock }, () => (isUp ? 200 : 503));
    const begun = clock.now();
    emulator.say(thuHa, 'có ai không?');
    emulator.say(thuHa, 'alo?');
    await emulator.idle();
    expect(emulator.state.alerts.map(({ kind }) => kind)).toEqual(['failing', 'disabled']);
    const minutes = emulator.state.alerts.map(({ at }) => (at - begun) / 60_000);
    expect(minutes[0]).toBeGreaterThanOrEqual(15);
    expect(minutes[0]).toBeLessThan(16.1);
    expect(minutes[1]).toBeGreaterThanOrEqual(60);
    expect(minutes[1]).toBeLessThan(61.1);
    expect(emulator.state.pages[pageId]?.subscribedFields).toBeUndefined();
    expect(emulator.state.conversations[thuHa]?.messages[0]?.status).toBe('failed');

    const posts = webhook.posts.length;
    emulator.say(thuHa, 'không ai nghe');
    await emulator.idle();
    expect(webhook.posts).toHaveLength(posts);

    isUp = true;
    const again = await callGraph(
      emulator,
      { subscribed_fields: ['messages'] },
      { path: graphPath('subscribed_apps') },
    );
    expect(again.body).toEqual({ success: true });
    emulator.say(thuHa, 'nghe rồi');
    await emulator.idle();
    expect(webhook.texts().at(-1)).toBe('nghe rồi');
  });

  it('comes to that so much sooner as time is faster', async () => {
    const clock = createInstantClock();
    const { emulator } = await createScene({ clock, speed: 3_600 }, () => 503);
    emulator.say(thuHa, 'có ai không?');
    await emulator.idle();
    const total = clock.pauses.reduce((sum, pause) => sum + pause, 0);
    expect(total).toBeGreaterThanOrEqual(1_000);
    expect(total).toBeLessThan(1_100);
    expect(emulator.state.alerts.map(({ kind }) => kind)).toEqual(['failing', 'disabled']);
  });

  it('is forgiven by one answer', async () => {
    const clock = createInstantClock();
    const { emulator } = await createScene({ clock }, (count) => (count % 20 === 19 ? 200 : 503));
    for (let index = 0; index < 5; index += 1) emulator.say(thuHa, `tin ${index}`);
    await emulator.idle();
    expect(emulator.state.alerts).toEqual([]);
  });
});

describe('a replay', () => {
  it('sends the same signed bytes once more, as a delivery of its own', async () => {
    const { emulator, webhook } = await createScene();
    emulator.say(thuHa, 'trà sen nhé');
    await emulator.idle();
    const [first] = emulator.state.deliveries;
    const again = emulator.replay(first?.id ?? '');
    await emulator.idle();
    expect(again).toMatchObject({ replayOf: first?.id, accepted: true });
    expect(new Set(webhook.posts.map(({ bytes }) => String(bytes))).size).toBe(1);
    expect(webhook.posts).toHaveLength(2);
    expect(first?.body).toBe(String(webhook.posts[0]?.bytes));
    expect(() => emulator.replay('none')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });
});

describe('the state', () => {
  it('keeps the newest only, when it is told to', async () => {
    const { emulator } = await createScene({ history: 5 });
    for (let index = 0; index < 300; index += 1) {
      emulator.say(thuHa, `tin ${index}`);
      await emulator.idle();
    }
    const { conversations, deliveries } = emulator.state;
    const messages = conversations[thuHa]?.messages ?? [];
    expect(messages.length).toBeLessThanOrEqual(30);
    expect(messages.at(-1)?.text).toBe('tin 299');
    expect(deliveries.length).toBeLessThanOrEqual(110);
  });

  it('can be kept as it is, and holds no secret', async () => {
    const { emulator } = await createScene();
    await callGraph(emulator, { recipient: { id: thuHa }, message: { text: 'Chào' } });
    await emulator.idle();
    const kept = JSON.stringify(structuredClone(emulator.state));
    for (const secret of Object.values(secrets)) expect(kept).not.toContain(secret);
  });
});
