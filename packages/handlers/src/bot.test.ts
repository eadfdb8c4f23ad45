import { describe, expect, it } from 'vitest';
import { createBot } from './bot.ts';
import { drive, image, sticker } from './testing/index.ts';

describe('a bot', () => {
  it('lets the first handler that fits answer', async () => {
    const bot = createBot()
      .text('xin chào', (turn) => turn.reply('Chào bạn!'))
      .text(/giá/i, (turn) => turn.reply('Bảng giá đây.'))
      .text((turn) => turn.reply(`Bạn vừa nói: "${turn.event.text}"`));

    expect(await drive(bot).says('  Xin Chào ')).toEqual(['Chào bạn!']);
    expect(await drive(bot).says('GIÁ bao nhiêu?')).toEqual(['Bảng giá đây.']);
    expect(await drive(bot).says('hello')).toEqual(['Bạn vừa nói: "hello"']);
  });

  it('knows a decomposed Vietnamese sentence as the composed one', async () => {
    const bot = createBot().text('tạm biệt', (turn) => turn.reply('Hẹn gặp lại!'));
    expect(await drive(bot).says('tạm biệt'.normalize('NFD'))).toEqual(['Hẹn gặp lại!']);
  });

  it('tells postbacks by payload and the rest by otherwise', async () => {
    const bot = createBot()
      .postback('MENU', (turn) => turn.reply('Thực đơn'))
      .postback(/^BUY:/, (turn) => turn.reply(`Mua ${turn.event.payload?.slice(4)}`))
      .otherwise((turn) => turn.reply('Mình chưa hiểu.'));

    expect(await drive(bot).postback('MENU')).toEqual(['Thực đơn']);
    expect(await drive(bot).postback('BUY:tea')).toEqual(['Mua tea']);
    expect(await drive(bot).postback('menu')).toEqual(['Mình chưa hiểu.']);
    expect(await drive(bot).sends(sticker())).toEqual(['Mình chưa hiểu.']);
  });

  it('answers nothing that awaits no answer: echoes, standby, events without a person', async () => {
    const bot = createBot().otherwise((turn) => turn.reply('never'));
    const psid = undefined;
    expect(await drive(bot).does('echo', { mid: 'm_e' })).toEqual([]);
    expect(await drive(bot).does('text', { mid: 'm', text: 'x', channel: 'standby' })).toEqual([]);
    expect(await drive(bot).does('unsupported', { psid, keys: [], raw: {} })).toEqual([]);
  });

  it('finds with a global pattern every time', async () => {
    const bot = createBot().text(/a/g, (turn) => turn.reply('a'));
    const person = drive(bot);
    expect([await person.says('a'), await person.says('a')]).toEqual([['a'], ['a']]);
  });

  it('narrows the event by its type', async () => {
    const bot = createBot()
      .on('reaction', (turn) => turn.reply(`${turn.event.emoji}?`))
      .attachment('image', (turn) => turn.reply(turn.event.attachments[0]?.url ?? ''));
    expect(await drive(bot).sends(image())).toEqual(['https://example.com/picture.jpg']);
    const reaction = { mid: 'm_0', action: 'react', emoji: '❤' } as const;
    expect(await drive(bot).does('reaction', reaction)).toEqual(['❤?']);
  });

  it.each([
    [{ turnTimeoutMs: 0 }, 'turnTimeoutMs must be above 0 milliseconds'],
    [{ turnTimeoutMs: Infinity }, 'at most 2147483647, got Infinity'],
    [{ typingAfterMs: 2 ** 31 }, 'typingAfterMs must be above 0 milliseconds and at most'],
    [{ mostReplies: 0 }, 'mostReplies must be a whole number of at least 1, got 0'],
    [{ mostReplies: 1.5 }, 'mostReplies must be a whole number of at least 1, got 1.5'],
  ])('is not put together with %j', (options, reason) => {
    expect(() => createBot(options)).toThrow(reason);
    expect(() => createBot({ typingAfterMs: Infinity })).not.toThrow();
  });

  it('is a conversation when all of it is put together', async () => {
    const bot = createBot<{ bought: string[] }>({ session: { initial: () => ({ bought: [] }) } })
      .postback('BUY', (turn) => {
        turn.session.bought.push('Trà sen');
        return turn.reply(`Giỏ của bạn: ${turn.session.bought.join(', ')}`);
      })
      .tap('MENU', (turn) =>
        turn.reply({
          template: {
            type: 'generic',
            elements: [
              {
                title: 'Trà sen',
                subtitle: '35.000 đ',
                buttons: [{ type: 'postback', title: 'Mua', payload: 'BUY' }],
              },
            ],
          },
        }),
      )
      .otherwise((turn) =>
        turn.reply([
          'Chào bạn!',
          { text: 'Xem gì nào?', quickReplies: [{ title: 'Thực đơn', payload: 'MENU' }] },
        ]),
      );
    const person = drive(bot);
    await person.says('hi').taps('Thực đơn').taps('Mua').after('1h').taps('Mua');
    expect(await person.transcript()).toMatchInlineSnapshot(`
      "person: hi
      bot: Chào bạn!
      bot: Xem gì nào?
           [Thực đơn]
      person: [Thực đơn]
      bot: * Trà sen | 35.000 đ | [Mua]
      person: [Mua]
      bot: Giỏ của bạn: Trà sen
      -- 1h later
      person: [Mua]
      bot: Giỏ của bạn: Trà sen, Trà sen"
    `);
  });
});
