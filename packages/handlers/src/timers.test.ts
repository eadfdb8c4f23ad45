import { describe, expect, it } from 'vitest';
import { createBot } from './bot.ts';
import type { TimerEvent } from './event.ts';
import { drive } from './testing/index.ts';
import type { TurnPorts } from './turn-ports.ts';
import { createWorld, DAY, eventAt, HOUR, textsOf, type World } from './turn-ports.test-setup.ts';

const first = (world: World): TimerEvent | undefined => [...world.timers.values()][0]?.timer;

describe('a reminder', () => {
  it('comes at its time with what was handed in, and once', async () => {
    const bot = createBot()
      .text((turn) => turn.remind({ name: 'tea', afterMs: HOUR, data: { tea: 'sen' } }))
      .timer('tea', (turn) => turn.reply(JSON.stringify(turn.event.data)));
    const person = drive(bot);
    expect(await person.says('x').after('59m')).toEqual([]);
    expect(await person.after('1m')).toEqual(['{"tea":"sen"}']);
    expect(await person.after('9d')).toEqual([]);
  });

  it('set again takes the place of the one before, and can be taken back', async () => {
    const bot = createBot()
      .text('thôi', (turn) => turn.cancelReminder('tea'))
      .text((turn) => turn.remind({ name: 'tea', afterMs: HOUR, data: turn.event.text }))
      .timer('tea', (turn) => turn.reply(String(turn.event.data)));
    const person = drive(bot);
    expect(await person.says('một').after('30m').says('hai').after('31m')).toEqual([]);
    expect(await person.after('30m')).toEqual(['hai']);
    expect(await person.says('ba').says('thôi').after('2h')).toEqual([]);
  });

  it('that was replaced is not heard of when it comes all the same', async () => {
    const world = createWorld();
    const bot = createBot()
      .text((turn) => {
        turn.remind({ name: 'tea', afterMs: DAY });
        turn.remind({ name: 'tea', afterMs: HOUR });
      })
      .timer('tea', (turn) => turn.reply('trà'));
    for (const id of ['m_1', 'm_2']) {
      const event = eventAt(world, id);
      await bot.handle(event, world.ports(event));
    }
    const [old, young] = [...world.timers.values()].map(({ timer }) => timer);
    expect(world.cancelled).toEqual([old?.id]);
    for (const timer of [old, young, young]) {
      if (timer) await bot.handle(timer, world.ports(timer));
    }
    expect(textsOf(world)).toEqual(['trà']);
  });

  it('is set when its turn has ended well, under one id however often that ran', async () => {
    const world = createWorld();
    let broken = true;
    const bot = createBot({ apology: () => undefined }).text((turn) => {
      turn.remind({ name: 'tea', afterMs: HOUR + 0.4 });
      if (broken) throw new Error('later');
    });
    const event = eventAt(world, 'm_1');
    await expect(bot.handle(event, world.ports(event))).rejects.toThrow('later');
    expect(world.timers.size).toBe(0);
    broken = false;
    const store = { ...world.sessions, save: () => Promise.reject(new Error('Redis is away')) };
    const ports = world.ports(event, { sessions: store });
    await expect(bot.handle(event, ports)).rejects.toThrow('Redis is away');
    world.timers.clear();
    const add = (): Promise<void> => Promise.reject(new Error('The queue is full'));
    const scheduler = { add, cancel: async () => {} };
    await expect(bot.handle(event, world.ports(event, { scheduler }))).rejects.toThrow('is full');
    await expect(bot.handle(event, ports)).rejects.toThrow('Redis is away');
    await bot.handle(event, world.ports(event));
    expect(world.timers.size).toBe(1);
    expect(first(world)).toMatchObject({ name: 'tea', timestamp: world.clock.now() + HOUR });
  });

  it('that sets itself again keeps its id short, and its record alive', async () => {
    const world = createWorld();
    const bot = createBot()
      .text((turn) => turn.remind({ name: 'yearly', afterMs: 365 * DAY }))
      .timer('yearly', (turn) => turn.remind({ name: 'yearly', afterMs: 365 * DAY }));
    const event = eventAt(world, 'm_1');
    await bot.handle(event, world.ports(event));
    const lengths = new Set<number>();
    for (let year = 1; year <= 9; year += 1) {
      const { timer } = [...world.timers.values()].at(-1) ?? {};
      if (timer === undefined) throw new Error('No timer is set.');
      lengths.add(timer.id.length);
      world.clock.moveTo(timer.timestamp);
      await bot.handle(timer, world.ports(timer));
    }
    expect(world.timers.size).toBe(10);
    expect(lengths.size).toBe(1);
  });

  it('is not taken for one that was set before the conversation was forgotten', async () => {
    const world = createWorld();
    const bot = createBot()
      .text((turn) => turn.remind({ name: 'tea', afterMs: HOUR }))
      .timer('tea', (turn) => turn.reply(turn.event.id));
    for (const id of ['m_1', 'm_2']) {
      const event = eventAt(world, id);
      await bot.handle(event, world.ports(event));
      if (id === 'm_1') await world.sessions.delete('10:20');
      world.clock.moveTo(world.clock.now() + 1);
    }
    const timers = [...world.timers.values()].map(({ timer }) => timer);
    for (const timer of timers) await bot.handle(timer, world.ports(timer));
    expect(timers).toHaveLength(2);
    expect(textsOf(world)).toEqual([timers[1]?.id]);
  });

  it('whose turn is given up on can be replayed from its dead letter', async () => {
    const world = createWorld();
    let broken = true;
    const bot = createBot({ apology: () => undefined })
      .text((turn) => turn.remind({ name: 'tea', afterMs: HOUR }))
      .timer('tea', async (turn) => {
        if (broken) throw new Error('down');
        await turn.reply('trà');
      });
    const event = eventAt(world, 'm_1');
    await bot.handle(event, world.ports(event));
    const timer = first(world);
    if (timer === undefined) throw new Error('No timer is set.');
    await expect(bot.handle(timer, world.ports(timer))).rejects.toThrow('down');
    broken = false;
    await bot.handle(timer, world.ports(timer));
    const later = eventAt(world, 'm_2');
    await bot.handle(later, world.ports(later));
    // Another journal, which does not know what was sent.
    const forgetful: TurnPorts['step'] = (name, effect) => effect({ id: name });
    await bot.handle(timer, world.ports(timer, { step: forgetful }));
    expect(textsOf(world)).toEqual(['trà']);
  });

  it.each([
    ['without a scheduler', { scheduler: undefined }, { name: 'tea', afterMs: 1 }, 'Timers need'],
    ['without a store', { sessions: undefined }, { name: 'tea', afterMs: 1 }, 'Timers need'],
    ['of no name', {}, { name: '', afterMs: 1 }, 'name has 1 to 40'],
    ['of a name of the package’s', {}, { name: ':burst', afterMs: 1 }, 'does not begin with ":"'],
    ['before now', {}, { name: 'tea', afterMs: -1 }, 'must come after 0 or more ms'],
    ['after a year', {}, { name: 'tea', afterMs: 367 * DAY }, 'at most a year'],
    ['never', {}, { name: 'tea', afterMs: Infinity }, 'at most a year, got Infinity'],
  ])('%s is refused with what is missing', async (_what, ports, reminder, reason) => {
    const world = createWorld();
    const bot = createBot({ apology: () => undefined }).text((turn) => turn.remind(reminder));
    const event = eventAt(world, 'm_1');
    await expect(bot.handle(event, world.ports(event, ports))).rejects.toThrow(reason);
  });
});
