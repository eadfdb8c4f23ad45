import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DELIVERIES_AT_ONCE } from './deliveries.ts';
import { createInstantClock } from '../testing/instant-clock.ts';
import { createScene, minhQuan, pageId, secrets, thuHa } from '../testing/scene.ts';

describe('a delivery', () => {
  it("is signed over its bytes and written in Meta's escaped form", async () => {
    const { emulator, webhook } = await createScene();
    const { mid, timestamp } = emulator.say(thuHa, 'xin chào, trà sen 50% <nhé>');
    await emulator.idle();

    const [post] = webhook.posts;
    expect(post?.bytes.toString()).toContain(
      String.raw`xin ch\u00e0o, tr\u00e0 sen 50\u0025 \u003Cnh\u00e9>`,
    );
    expect(post?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'facebookexternalua',
      'x-hub-signature': `sha1=${createHmac('sha1', secrets.appSecret)
        .update(post?.bytes ?? '')
        .digest('hex')}`,
    });
    expect(post?.events).toEqual([
      {
        sender: { id: thuHa },
        recipient: { id: pageId },
        timestamp,
        message: { mid, text: 'xin chào, trà sen 50% <nhé>' },
      },
    ]);
    expect(emulator.state.conversations[thuHa]?.messages).toMatchObject([
      { mid, direction: 'out', text: 'xin chào, trà sen 50% <nhé>', status: 'delivered' },
    ]);
  });

  it('carries stickers, images and locations as attachments', async () => {
    const { emulator, webhook } = await createScene();
    for (const kind of ['sticker', 'image', 'location'] as const) emulator.attach(thuHa, kind);
    await emulator.idle();
    const attachments = webhook.posts.map(
      ({ events }) => events[0]?.message?.attachments?.[0] ?? { type: '', payload: {} },
    );
    expect(attachments.map(({ type }) => type)).toEqual(['sticker', 'image', 'location']);
    expect(attachments[0]?.payload['sticker_id']).toBe(369239263222822);
    const picture = await fetch(String(attachments[1]?.payload['url']));
    expect(picture.headers.get('content-type')).toBe('image/svg+xml');
  });

  it('goes out again with the same bytes and with pauses until the webhook takes it', async () => {
    const clock = createInstantClock();
    const { emulator, webhook } = await createScene({ clock }, (count) => (count < 4 ? 503 : 200));
    const seen: (string | undefined)[] = [];
    emulator.subscribe((change) => {
      if (change.kind === 'message')
        seen.push(`${change.message.status} ${change.message.problem}`);
    });
    emulator.say(thuHa, 'còn ai không?');
    await emulator.idle();

    expect(clock.pauses).toEqual([0, 1000, 2000, 5000]);
    expect(new Set(webhook.posts.map(({ bytes }) => bytes.toString())).size).toBe(1);
    const [delivery] = emulator.state.deliveries;
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([503, 503, 503, 503, 200]);
    expect(delivery).toMatchObject({ done: true, accepted: true });
    expect(delivery?.events).toMatchObject([{ psid: thuHa, field: 'messages' }]);
    expect(seen[0]).toBe('sending undefined');
    expect(seen[1]).toBe('retrying 503');
    expect(seen.at(-1)).toBe('delivered undefined');
  });

  it('is given up after the last pause, and the next one has its turn', async () => {
    const clock = createInstantClock();
    const first = (post: { events: readonly { message?: { text?: string } }[] }): boolean =>
      post.events[0]?.message?.text === 'một';
    const { emulator } = await createScene(
      { clock, redeliveryDelaysMs: [0, 30_000] },
      (_count, post) => (first(post) ? 500 : 200),
    );
    emulator.say(thuHa, 'một');
    emulator.say(thuHa, 'hai');
    await emulator.idle();

    const total = clock.pauses.reduce((sum, pause) => sum + pause, 0);
    expect(total).toBe(30_000);
    expect(emulator.state.conversations[thuHa]?.messages).toMatchObject([
      { text: 'một', status: 'failed', problem: 500 },
      { text: 'hai', status: 'delivered' },
    ]);
  });

  it('to a webhook that is away says so in the state', async () => {
    const { emulator, webhook } = await createScene({ redeliveryDelaysMs: [0] });
    await webhook.close();
    emulator.say(thuHa, 'alo?');
    await emulator.idle();
    expect(emulator.state.deliveries[0]?.attempts).toMatchObject([
      { status: 0, error: 'ECONNREFUSED' },
      { status: 0, error: 'ECONNREFUSED' },
    ]);
    expect(emulator.state.webhookStatus).toBe(0);
  });

  it('with another secret is refused, and tried again', async () => {
    const { emulator } = await createScene({ appSecret: 'another', redeliveryDelaysMs: [0] });
    emulator.say(thuHa, 'alo?');
    await emulator.idle();
    expect(emulator.state.deliveries[0]).toMatchObject({ done: true, accepted: false });
    expect(emulator.state.webhookStatus).toBe(401);
  });
});

describe('order', () => {
  it("keeps one person's messages one after another, also around a failed attempt", async () => {
    const clock = createInstantClock();
    const { emulator, webhook } = await createScene({ clock }, async (count) => {
      await new Promise(setImmediate);
      return count === 1 || count === 4 ? 503 : 200;
    });
    const texts = Array.from({ length: 8 }, (_, index) => `tin ${index}`);
    for (const text of texts) emulator.say(thuHa, text);
    await emulator.idle();
    expect(webhook.peak()).toBe(1);
    expect([...new Set(webhook.texts())]).toEqual(texts);
  });

  it('lets different people go side by side, up to a bound', async () => {
    const started = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const { emulator, webhook } = await createScene({}, async (count) => {
      if (count === DELIVERIES_AT_ONCE - 1) started.resolve();
      await release.promise;
      return 200;
    });
    const people = Array.from({ length: 100 }, (_, index) => `5${String(index).padStart(15, '0')}`);
    for (const psid of people) emulator.say(psid, 'chào');
    await started.promise;
    expect(webhook.posts).toHaveLength(DELIVERIES_AT_ONCE);
    release.resolve();
    await emulator.idle();
    expect(webhook.peak()).toBe(DELIVERIES_AT_ONCE);
    expect(new Set(webhook.posts.map(({ events }) => events[0]?.sender.id)).size).toBe(100);
    expect(emulator.state.people.at(-1)).toEqual({
      psid: people.at(-1),
      name: 'Khách 0099',
      pageId,
    });
  });

  it('holds nobody up for somebody whose delivery waits', async () => {
    const { emulator, webhook } = await createScene(
      { redeliveryDelaysMs: [3_600_000] },
      (_count, post) => (post.events[0]?.sender.id === thuHa ? 503 : 200),
    );
    emulator.say(thuHa, 'kẹt');
    emulator.say(minhQuan, 'thông');
    await new Promise<void>((resolve) => {
      emulator.subscribe((change) => {
        if (change.kind === 'delivery' && change.delivery.accepted) resolve();
      });
    });
    expect(webhook.texts()).toContain('thông');
  });
});

describe('the handshake', () => {
  it('is well when the challenge comes back', async () => {
    const { emulator } = await createScene();
    await expect(emulator.handshake()).resolves.toEqual({ ok: true });
  });

  it('says what is wrong when the token is refused, or nobody answers', async () => {
    const { emulator, webhook } = await createScene({ verifyToken: 'another' });
    const problem = expect.stringContaining('is VERIFY_TOKEN the same on both sides?');
    await expect(emulator.handshake()).resolves.toEqual({ ok: false, problem });
    await webhook.close();
    const away = expect.stringContaining('gave no answer (ECONNREFUSED)');
    await expect(emulator.handshake()).resolves.toEqual({ ok: false, problem: away });
  });

  it('ends with the reason of its signal', async () => {
    const { emulator } = await createScene();
    const reason = new Error('enough');
    await expect(emulator.handshake(AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('waiting and closing', () => {
  it('idle ends with the reason of its signal while something is under way', async () => {
    const { emulator } = await createScene({ redeliveryDelaysMs: [3_600_000] }, () => 503);
    emulator.say(thuHa, 'chào');
    const stop = new AbortController();
    const idle = emulator.idle(stop.signal);
    const reason = new Error('enough');
    stop.abort(reason);
    await expect(idle).rejects.toBe(reason);
    await expect(emulator.idle(stop.signal)).rejects.toBe(reason);
  });

  it('close cuts off pauses and attempts, may be called twice, and takes nothing afterwards', async () => {
    const reached = Promise.withResolvers<void>();
    const { emulator } = await createScene({ redeliveryDelaysMs: [3_600_000] }, (_count, post) => {
      if (post.events[0]?.sender.id === thuHa) return 503;
      reached.resolve();
      return new Promise(() => {});
    });
    emulator.say(thuHa, 'đang chờ gửi lại');
    emulator.say(minhQuan, 'đang chờ trả lời');
    await reached.promise;
    await Promise.all([emulator.close(), emulator.close()]);
    await emulator.idle();
    expect(() => emulator.say(thuHa, 'nữa')).toThrow(/closed/);
    await expect(fetch(emulator.url)).rejects.toThrow('fetch failed');
    expect(JSON.stringify(emulator.state)).not.toContain(secrets.accessToken);
  });
});
