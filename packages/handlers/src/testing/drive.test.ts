import { describe, expect, it } from 'vitest';
import { createBot } from '../bot.ts';
import { drive, image } from './index.ts';
import { durationMs } from './test-clock.ts';

const bot = createBot()
  .text('hỏng', () => {
    throw new Error('broken');
  })
  .text('nhắc', (turn) => {
    turn.remind({ name: 'b', afterMs: 7_200_000, data: 'hai' });
    turn.remind({ name: 'a', afterMs: 3_600_000, data: 'một' });
  })
  .on('timer', (turn) => turn.reply(`${String(turn.event.data)} ${turn.now()}`))
  .text('menu', (turn) =>
    turn.reply([
      {
        template: {
          type: 'button',
          text: 'Chọn',
          buttons: [{ type: 'postback', title: 'Mua', payload: 'BUY' }],
        },
      },
      { text: 'Hay là', quickReplies: [{ title: 'Thôi', payload: 'NO' }] },
    ]),
  )
  .tap('BUY', (turn) => turn.reply('Đã mua'))
  .attachment((turn) => turn.reply({ attachment: { type: 'image', url: 'https://a.vn/b.png' } }))
  .otherwise((turn) => turn.reply(turn.event.type));

describe('a person who is driven', () => {
  it('answers what the bot said since the last act, and tells the whole story', async () => {
    const person = drive(bot).says('menu').taps('Mua').sends(image()).after('1h');
    expect(await person).toEqual([]);
    expect(await person.says('x')).toEqual(['text']);
    expect(await person.transcript()).toMatchInlineSnapshot(`
      "person: menu
      bot: Chọn
           [Mua]
      bot: Hay là
           [Thôi]
      person: [Mua]
      bot: Đã mua
      person: <image>
      bot: <image https://a.vn/b.png>
      -- 1h later
      person: x
      bot: text"
    `);
  });

  it('taps only what is on the screen: quick replies go with the next message', async () => {
    const person = drive(bot).says('menu');
    await expect(person.taps('Bán')).rejects.toThrow(
      '[Bán] is not on the screen. There is: [Thôi] [Mua].',
    );
    await person.says('x');
    await expect(person.taps('Thôi')).rejects.toThrow('There is: [Mua].');
    expect(await person.taps('Mua')).toEqual(['Đã mua']);
    await expect(drive(bot).taps('Mua')).rejects.toThrow('There is: nothing to tap.');
  });

  it('is told of what is due in its order and at its time', async () => {
    const startAt = 1_000;
    const person = drive(bot, { startAt }).says('nhắc').after('3h');
    expect(await person).toEqual(['một 3601000', 'hai 7201000']);
  });

  it('lives through the whole of a time in which something fails', async () => {
    let broken = true;
    const send = (): void => {
      if (broken) throw new Error('down');
    };
    const person = drive(bot, { startAt: 0, send }).says('nhắc').after('90m');
    await expect(person).rejects.toThrow('down');
    broken = false;
    expect(await person.after('29m')).toEqual([]);
    expect(await person.after('1m')).toEqual(['hai 7200000']);
  });

  it('keeps quick replies through receipts, and is answered by a human alone', async () => {
    const person = drive(bot).says('menu').does('read', {}).does('delivery', { mids: [] });
    expect(await person.taps('Thôi')).toEqual(['text']);
    await person.says('menu').humanSays('Em đây');
    await expect(person.taps('Thôi')).rejects.toThrow('There is: [Mua]');
    expect(await person.says('x').taps('Mua')).toEqual([]);
    expect(await person.after('31m').says('x')).toEqual(['text']);
    expect(await person.transcript()).toContain('human: Em đây');
  });

  it('hears of a failure when it is awaited, and goes on', async () => {
    const person = drive(bot).says('hỏng');
    await expect(person).rejects.toThrow('broken');
    expect(await person.says('x')).toEqual(['text']);
    expect(await person.transcript()).toContain('Xin lỗi');
  });

  it('may be refused by Messenger, and then does it again without a repetition', async () => {
    let isDown = true;
    const send = ({ message }: { message: object }): void => {
      if (isDown && 'text' in message) throw new Error('down');
    };
    const person = drive(bot, { send, retries: () => true }).says('menu');
    await expect(person).rejects.toThrow('down');
    isDown = false;
    expect(await person.again()).toEqual(['Hay là\n[Thôi]']);
    expect(person.sent).toHaveLength(2);
    await expect(drive(bot).again()).rejects.toThrow('Nothing has happened yet.');
  });

  it.each([
    ['25h', 90_000_000],
    ['1.5s', 1_500],
    ['10 m', 600_000],
    ['7d', 604_800_000],
    ['3ms', 3],
  ])('waits %s', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it.each(['', '5', 'h', '1 week', '-1h'])('cannot wait for %j', (text) => {
    expect(() => drive(bot).after(text)).toThrow('A duration looks like 25h');
  });
});
