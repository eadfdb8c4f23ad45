import type { AttachmentsEvent, EchoEvent, WebhookEvent } from '@bot/graph-client/webhook';
import { describe, expect, it } from 'vitest';
import { createBot } from './bot.ts';
import { drive } from './testing/index.ts';

const sticker: AttachmentsEvent = {
  type: 'attachments',
  id: 'm_s',
  mid: 'm_s',
  platform: 'page',
  pageId: '1',
  psid: '2',
  timestamp: 1,
  channel: 'messaging',
  attachments: [{ type: 'sticker' }],
};

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

    expect(await drive(bot).taps('MENU')).toEqual(['Thực đơn']);
    expect(await drive(bot).taps('BUY:tea')).toEqual(['Mua tea']);
    expect(await drive(bot).taps('menu')).toEqual(['Mình chưa hiểu.']);
    expect(await drive(bot).does(sticker)).toEqual(['Mình chưa hiểu.']);
  });

  it('answers nothing that awaits no answer: echoes, standby, events without a person', async () => {
    const bot = createBot().otherwise((turn) => turn.reply('never'));
    const { attachments: _attachments, ...common } = sticker;
    const echo: EchoEvent = { ...common, type: 'echo' };
    const nobody: WebhookEvent = {
      ...common,
      type: 'unsupported',
      psid: undefined,
      keys: [],
      raw: {},
    };

    expect(await drive(bot).does(echo)).toEqual([]);
    expect(await drive(bot).does({ ...sticker, channel: 'standby' })).toEqual([]);
    expect(await drive(bot).does(nobody)).toEqual([]);
  });

  it('finds with a global pattern every time', async () => {
    const bot = createBot().text(/a/g, (turn) => turn.reply('a'));
    const person = drive(bot);
    expect([await person.says('a'), await person.says('a')]).toEqual([['a'], ['a']]);
  });

  it('narrows the event by its type', async () => {
    const bot = createBot().on('attachments', (turn) =>
      turn.reply(turn.event.attachments.map(({ type }) => type).join()),
    );
    expect(await drive(bot).does(sticker)).toEqual(['sticker']);
  });
});
