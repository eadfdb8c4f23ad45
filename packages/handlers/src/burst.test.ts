import { describe, expect, it } from 'vitest';
import { createBot } from './bot.ts';
import { drive } from './testing/index.ts';
import { createWorld, eventAt, textsOf } from './turn-ports.test-setup.ts';

const bot = createBot({ bursts: { quietMs: 1_500, mostMs: 8_000, mostTexts: 4 } })
  .tap('BUY', (turn) => turn.reply('Đã mua'))
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
  });

  it('wait through receipts and echoes', async () => {
    const person = drive(bot).says('trà').does('read', { watermark: 1 });
    expect(await person).toEqual([]);
    expect(await person.after('2s')).toEqual(['trà\n[Mua]']);
  });

  it('whose turn is given up on leave the next text alone, and can be replayed', async () => {
    const world = createWorld();
    let broken = true;
    const frail = createBot({ bursts: {}, apology: () => undefined }).text((turn) => {
      if (broken && turn.event.text.includes('độc')) throw new Error('poison');
      return turn.reply(turn.event.text);
    });
    const run = async (id: string, text: string): Promise<void> => {
      const event = eventAt(world, id, { text });
      await frail.handle(event, world.ports(event));
    };
    await run('m_1', 'thuốc');
    await run('m_2', 'độc');
    const dead = [...world.timers.values()].at(-1)?.timer;
    if (dead === undefined) throw new Error('No timer is set.');
    await expect(frail.handle(dead, world.ports(dead))).rejects.toThrow('poison');
    await run('m_3', 'trà');
    const next = [...world.timers.values()].at(-1)?.timer;
    if (next === undefined) throw new Error('No timer is set.');
    await frail.handle(next, world.ports(next));
    expect(textsOf(world)).toEqual(['trà']);
    broken = false;
    await frail.handle(dead, world.ports(dead));
    expect(textsOf(world)).toEqual(['trà', 'thuốc\nđộc']);
  });
});
