import { describe, expect, it } from 'vitest';
import { createBot, type Bot } from './bot.ts';
import type { TimerEvent } from './event.ts';
import { drive } from './testing/index.ts';
import { createWorld, eventAt, textsOf, type World } from './turn-ports.test-setup.ts';

const bot = createBot({ bursts: { quietMs: 1_500, mostMs: 8_000, mostTexts: 4 } })
  .tap('BUY', (turn) => turn.reply('Đã mua'))
  .on('read', () => {})
  .text((turn) =>
    turn.reply({ text: turn.event.text, quickReplies: [{ title: 'Mua', payload: 'BUY' }] }),
  );

describe('several quick texts', () => {
  it('are answered as one after a silence', async () => {
    const person = drive(bot);
    expect(await person.says('cho mình').after('1s').says('hai ly').after('1s')).toEqual([]);
    expect(await person.after('1s')).toEqual(['cho mình\nhai ly\n[Mua]']);
    expect(await person.after('1m')).toEqual([]);
    expect(await person.says('thêm một').after('2s')).toEqual(['thêm một\n[Mua]']);
  });

  it('are answered at once when they are many, or last long', async () => {
    const many = drive(bot).says('1').says('2').says('3').says('4');
    expect(await many).toEqual(['1\n2\n3\n4\n[Mua]']);
    const long = drive(bot);
    for (const second of ['0', '1', '2']) await long.says(second).after('1s');
    expect(await long.after('0s').says('3')).toEqual(['0\n1\n2\n3\n[Mua]']);
    const slow = createBot({ bursts: { quietMs: 5_000, mostMs: 8_000 } }).text((turn) =>
      turn.reply(turn.event.text),
    );
    const person = drive(slow).says('0').after('4s').says('4').after('4s').says('8');
    expect(await person).toEqual(['0\n4\n8']);
  });

  it('are answered before whatever interrupts them', async () => {
    const person = drive(bot).says('trà').after('2s');
    expect(await person.says('nữa').postback('BUY', 'Mua')).toEqual(['nữa\n[Mua]', 'Đã mua']);
    expect(person.sent.map(({ metadata }) => metadata)).toHaveLength(3);
    expect(new Set(person.sent.map(({ metadata }) => metadata)).size).toBe(3);
    expect(await person.after('1m')).toEqual([]);
    expect(await person.says('trà').after('2s').taps('Mua')).toEqual(['Đã mua']);
  });

  it('wait through receipts and echoes', async () => {
    const person = drive(bot).says('trà').does('read', { watermark: 1 });
    expect(await person).toEqual([]);
    expect(await person.after('2s')).toEqual(['trà\n[Mua]']);
  });

  it('have steps of their own beside those of what interrupts them', async () => {
    const done: string[] = [];
    const careful = createBot({ bursts: {} }).use(async (turn) => {
      const { type } = turn.event;
      await turn.step('note', async () => void done.push(type));
    });
    await drive(careful).says('trà').postback('BUY');
    expect(done).toEqual(['text', 'postback']);
  });

  it('leave what interrupts them its replies, when that is given up on and replayed', async () => {
    const world = createWorld();
    let broken = true;
    const frail = createBot({ bursts: {}, apology: () => undefined })
      .tap('BUY', (turn) => (broken ? Promise.reject(new Error('down')) : turn.reply('Đã mua')))
      .text((turn) => turn.reply(turn.event.text));
    const text = eventAt(world, 'm_1', { text: 'trà' });
    await frail.handle(text, world.ports(text));
    const tap = eventAt(world, 'm_2', { type: 'postback', payload: 'BUY' });
    await expect(frail.handle(tap, world.ports(tap))).rejects.toThrow('down');
    broken = false;
    await frail.handle(tap, world.ports(tap));
    expect(textsOf(world)).toEqual(['trà', 'Đã mua']);
  });

  it('are not answered by a timer that another text replaced', async () => {
    const { world, run, timer } = waiting(bot);
    await run('m_1', 'cho mình');
    const stale = timer();
    await run('m_2', 'hai ly');
    await bot.handle(stale, world.ports(stale));
    expect(textsOf(world)).toEqual([]);
    await bot.handle(timer(), world.ports(timer()));
    expect(textsOf(world)).toEqual(['cho mình\nhai ly']);
  });

  it('whose turn is given up on leave the next text alone, and can be replayed', async () => {
    let broken = true;
    const frail = createBot({ bursts: {}, apology: () => undefined }).text((turn) => {
      if (broken && turn.event.text.includes('độc')) throw new Error('poison');
      return turn.reply(turn.event.text);
    });
    const { world, run, timer } = waiting(frail);
    await run('m_1', 'thuốc');
    await run('m_2', 'độc');
    const dead = timer();
    await expect(frail.handle(dead, world.ports(dead))).rejects.toThrow('poison');
    await run('m_3', 'trà');
    const next = timer();
    await frail.handle(next, world.ports(next));
    expect(textsOf(world)).toEqual(['trà']);
    broken = false;
    await run('m_4', 'cà phê');
    await frail.handle(dead, world.ports(dead));
    expect(textsOf(world)).toEqual(['trà', 'thuốc\nđộc']);
    await run('m_5', 'sữa');
    await frail.handle(timer(), world.ports(timer()));
    expect(textsOf(world)).toEqual(['trà', 'thuốc\nđộc', 'cà phê\nsữa']);
  });

  it.each([
    ['a tap', { type: 'postback', payload: 'BUY', title: 'Mua' }, 'Đã mua'],
    ['the last that they may be', { text: 'nữa' }, 'nữa'],
  ])('that %s ends, and whose turn is given up on, are kept', async (_what, more, other) => {
    let broken = true;
    const frail = createBot({ bursts: { mostTexts: 3 }, apology: () => undefined })
      .tap('BUY', (turn) => turn.reply('Đã mua'))
      .text((turn) => {
        if (broken && turn.event.text.includes('độc')) throw new Error('poison');
        return turn.reply(turn.event.text);
      });
    const { world, run, timer } = waiting(frail);
    await run('m_1', 'thuốc');
    await run('m_2', 'độc');
    const texts = timer();
    const last = eventAt(world, 'm_3', more);
    await expect(frail.handle(last, world.ports(last))).rejects.toThrow('poison');
    await expect(frail.handle(texts, world.ports(texts))).rejects.toThrow('poison');
    broken = false;
    await frail.handle(texts, world.ports(texts));
    await frail.handle(last, world.ports(last));
    if (timer() !== texts) await frail.handle(timer(), world.ports(timer()));
    expect(textsOf(world)).toEqual(['thuốc\nđộc', other]);
  });

  it('that were answered have been, though what interrupted them is given up on', async () => {
    const session = { initial: (): string[] => [] };
    const frail = createBot<string[]>({ session, bursts: {}, apology: () => undefined })
      .tap('BUY', (turn) => {
        turn.session.push('never');
        turn.remind({ name: 'never', afterMs: 1 });
        throw new Error('down');
      })
      .timer('later', (turn) => turn.reply(turn.session.join()))
      .timer('never', (turn) => turn.reply('never'))
      .text((turn) => {
        turn.session.push(turn.event.text);
        turn.remind({ name: 'later', afterMs: 1 });
      });
    const { world, run } = waiting(frail);
    await run('m_1', 'trà');
    const burst = [...world.timers.values()][0]?.timer;
    const tap = eventAt(world, 'm_2', { type: 'postback', payload: 'BUY' });
    await expect(frail.handle(tap, world.ports(tap))).rejects.toThrow('down');
    const set = [...world.timers.values()];
    for (const { timer } of set) {
      await frail.handle(timer, world.ports(timer));
    }
    expect(burst).toBeDefined();
    expect(textsOf(world)).toEqual(['trà']);
  });

  it('are answered also when a deploy has ended bursts meanwhile', async () => {
    const { world, run, timer } = waiting(bot);
    const plain = createBot().text((turn) => turn.reply(turn.event.text));
    await run('m_1', 'trà');
    await plain.handle(timer(), world.ports(timer()));
    await run('m_2', 'sữa');
    const text = eventAt(world, 'm_3', { text: 'đá' });
    await plain.handle(text, world.ports(text));
    expect(textsOf(world)).toEqual(['trà', 'sữa\nđá']);
  });
});

/** A bot whose timers come when the test says so. */
function waiting(driven: Pick<Bot, 'handle'>): {
  world: World;
  run: (id: string, text: string) => Promise<void>;
  timer: () => TimerEvent;
} {
  const world = createWorld();
  return {
    world,
    async run(id, text) {
      const event = eventAt(world, id, { text });
      await driven.handle(event, world.ports(event));
    },
    /** The one that was set last. */
    timer() {
      const last = [...world.timers.values()].at(-1);
      if (last === undefined) throw new Error('No timer is set.');
      return last.timer;
    },
  };
}
