import { describe, expect, it } from 'vitest';
import { createBot } from './bot.ts';
import { createWorld, eventAt, HOUR, settled, textsOf } from './turn-ports.test-setup.ts';

describe('the dots', () => {
  it('are shown when an answer takes long, and only then', async () => {
    const world = createWorld();
    const slow = Promise.withResolvers<void>();
    const bot = createBot()
      .text('chậm', async (turn) => {
        await slow.promise;
        await turn.reply('xong');
      })
      .text(async (turn) => {
        await turn.reply('ngay');
        await slow.promise;
      });
    const quick = eventAt(world, 'm_1', { psid: '21' });
    const answered = bot.handle(quick, world.ports(quick));
    await settled();
    world.clock.moveTo(world.clock.now() + 10_000);
    await settled();
    expect(world.actions).toEqual([]);

    const event = eventAt(world, 'm_2', { text: 'chậm' });
    const running = bot.handle(event, world.ports(event));
    await settled();
    world.clock.moveTo(world.clock.now() + 1_499);
    await settled();
    expect(world.actions).toEqual([]);
    world.clock.moveTo(world.clock.now() + 1);
    await settled();
    expect(world.actions).toMatchObject([{ pageId: '10', to: '20', action: 'typing_on' }]);
    slow.resolve();
    await Promise.all([answered, running]);
  });

  it('are shown to nobody who is answered by others, or awaits no answer', async () => {
    const world = createWorld();
    let slow = Promise.withResolvers<void>();
    const bot = createBot()
      .text('nhắc', (turn) => turn.remind({ name: 'tea', afterMs: HOUR }))
      .use(() => slow.promise);
    const first = eventAt(world, 'm_1', { text: 'nhắc' });
    await bot.handle(first, world.ports(first));
    for (const event of [
      eventAt(world, 'm_2', { type: 'read', watermark: 1 }),
      eventAt(world, 'm_3', { channel: 'standby' }),
      ...[...world.timers.values()].map(({ timer }) => timer),
    ]) {
      slow = Promise.withResolvers();
      const running = bot.handle(event, world.ports(event));
      await settled();
      world.clock.moveTo(world.clock.now() + 2_000);
      await settled();
      slow.resolve();
      await running;
      expect([event.type, world.actions]).toEqual([event.type, []]);
    }
    const event = eventAt(world, 'm_4');
    await createBot().handle(event, world.ports(event));
    world.clock.moveTo(world.clock.now() + 2_000);
    await settled();
    expect(world.actions).toEqual([]);
  });

  it('spoil nothing when they cannot be shown', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const ports = world.ports(event);
    const act = (): Promise<void> => {
      throw new Error('no');
    };
    const bot = createBot().text(async (turn) => {
      world.clock.moveTo(turn.now() + 2_000);
      await settled();
      await turn.reply('một');
    });
    await bot.handle(event, { ...ports, sender: { ...ports.sender, act } });
    expect(textsOf(world)).toEqual(['một']);
  });
});
