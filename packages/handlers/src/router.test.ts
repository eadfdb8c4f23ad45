import { describe, expect, it } from 'vitest';
import { createBot, type Bot } from './bot.ts';
import { command } from './filters.ts';
import type { Next } from './middleware.ts';
import { createPayload } from './payload.ts';
import { Router } from './router.ts';
import type { StoredSession } from './session-store.ts';
import { drive, image, location, sticker } from './testing/index.ts';
import { createWorld, eventAt } from './turn-ports.test-setup.ts';

const mid = 'm_x';

describe('a router', () => {
  it('lets the first that fits take an event, and later ones when it calls next', async () => {
    const bot = createBot()
      .text(/trà/, async (turn, next) => {
        await turn.reply('một');
        await next();
      })
      .text('trà sen', (turn) => turn.reply('hai'))
      .text((turn) => turn.reply('ba'));
    expect(await drive(bot).says('trà sen')).toEqual(['một', 'hai']);
    expect(await drive(bot).says('trà đá')).toEqual(['một', 'ba']);
    expect(await drive(bot).says('sữa')).toEqual(['ba']);
  });

  it('takes words with and without accents, and taps by payload, not by title', async () => {
    const bot = createBot()
      .keywords(['giá'], (turn) => turn.reply('Giá đây'))
      .quickReply('P', (turn) => turn.reply(`chọn ${turn.event.quickReplyPayload}`))
      .tap(/^T:/, (turn) => turn.reply(turn.event.type))
      .text((turn) =>
        turn.reply({
          text: 'x',
          quickReplies: [
            { title: 'Giá', payload: 'P' },
            { title: 'T', payload: 'T:1' },
          ],
        }),
      );
    const person = drive(bot).says('cho hoi gia');
    expect(await person).toEqual(['Giá đây']);
    expect(await person.says('x').taps('Giá')).toEqual(['chọn P']);
    expect(await person.says('x').taps('T')).toEqual(['text']);
    expect(await person.postback('T:2')).toEqual(['postback']);
  });

  it('reads payloads of buttons and quick replies, and passes over those it cannot read', async () => {
    const buy = createPayload({ name: 'BUY', version: 2, parse: Number });
    const bot = createBot()
      .payload(buy, (turn, count) => turn.reply(String(count + 1)))
      .text('x', (turn) =>
        turn.reply({ text: 'x', quickReplies: [{ title: 'Mua', payload: buy.write(1) }] }),
      )
      .otherwise((turn) => turn.reply('?'));
    const person = drive(bot);
    expect(await person.says('x').taps('Mua')).toEqual(['2']);
    expect(await person.postback(buy.write(5))).toEqual(['6']);
    expect(await person.postback('BUY:1:5')).toEqual(['?']);
    expect(await person.says('BUY:2:5')).toEqual(['?']);
  });

  it('tells attachments by their types, and commands by their names', async () => {
    const bot = createBot()
      .attachment('location', (turn) => turn.reply('nơi'))
      .attachment((turn) => turn.reply('khác'))
      .on(command('gia'), (turn) => turn.reply('lệnh'));
    const person = drive(bot);
    expect(await person.sends(location())).toEqual(['nơi']);
    expect(await person.sends(image(), location())).toEqual(['nơi']);
    expect(await person.sends(sticker())).toEqual(['khác']);
    expect(await person.does('text', { mid, text: '/gia', commands: ['gia'] })).toEqual(['lệnh']);
    expect(await person.says('/gia')).toEqual([]);
  });

  it('hears everything else by its type', async () => {
    const heard: string[] = [];
    const bot = createBot();
    for (const type of ['reaction', 'edit', 'read', 'delivery', 'unsupported', 'optin'] as const) {
      bot.on(type, (turn) => void heard.push(turn.event.type));
    }
    await drive(bot)
      .does('reaction', { mid, action: 'react' })
      .does('edit', { mid, text: 'x' })
      .does('read', {})
      .does('delivery', { mids: [] })
      .does('unsupported', { keys: [], raw: {} })
      .does('optin', {});
    expect(heard).toEqual(['reaction', 'edit', 'read', 'delivery', 'unsupported', 'optin']);
  });

  it('asks its recogniser once in a turn, and believes it when it is sure enough', async () => {
    let asked = 0;
    const recogniser = {
      async recognise({ text, locale }: { text: string; locale: string }) {
        asked += 1;
        return text === 'hm' ? [] : [{ name: text, confidence: locale === 'en' ? 0.59 : 0.6 }];
      },
    };
    const bot = createBot({ recogniser, locale: ({ id }) => (id === 'm_en' ? 'en' : 'vi') })
      .intent('order', (turn) => turn.reply('order'))
      .intent('price', (turn) => turn.reply('price'))
      .intent('price', (turn) => turn.reply('price, perhaps'), 0.5)
      .text((turn) => turn.reply('?'));
    const person = drive(bot);
    expect(await person.says('price')).toEqual(['price']);
    expect(asked).toBe(1);
    expect(await person.does('text', { mid, id: 'm_en', text: 'price' })).toEqual([
      'price, perhaps',
    ]);
    expect(await person.says('hm')).toEqual(['?']);
    expect(await drive(createBot().intent('x', (turn) => turn.reply('x'))).says('x')).toEqual([]);
  });

  it('has groups for some turns, and guards that end others', async () => {
    const bot = createBot()
      .group(
        ({ locale }) => locale === 'en',
        (english) => english.text((turn) => turn.reply('English')),
      )
      .guard(
        ({ event }) => event.type !== 'text' || event.text !== 'cấm',
        (turn) => turn.reply('Không được'),
      )
      .text('en', (turn) => {
        turn.locale = 'en';
      })
      .on('read', (turn) => turn.reply('đã xem'))
      .text((turn) => turn.reply('Việt'));
    const person = drive(bot);
    expect(await person.says('x')).toEqual(['Việt']);
    expect(await person.says('cấm')).toEqual(['Không được']);
    expect(await person.does('read', {})).toEqual(['đã xem']);
    expect(await person.says('en').says('cấm')).toEqual(['English']);
  });

  it('is put together of others, which may still grow', async () => {
    const topic = new Router();
    const bot = createBot()
      .use(topic.middleware())
      .otherwise((turn) => turn.reply('?'));
    topic.text('trà', (turn) => turn.reply('sen'));
    expect(await drive(bot).says('trà')).toEqual(['sen']);
    expect(await drive(bot).says('sữa')).toEqual(['?']);
  });

  it('answers with otherwise what was said, sent or tapped, and no reaction', async () => {
    const bot = createBot().otherwise((turn) => turn.reply('?'));
    const person = drive(bot);
    expect(await person.postback('X')).toEqual(['?']);
    expect(await person.does('reaction', { mid, action: 'react' })).toEqual([]);
    expect(await person.does('referral', { referral: {} })).toEqual([]);
  });

  it('looks nothing up for notices that nobody hears', async () => {
    const world = createWorld();
    let loads = 0;
    const load = (id: string): Promise<StoredSession | undefined> => {
      loads += 1;
      return world.sessions.load(id);
    };
    const handle = async (bot: Bot, type: string, more: object = {}): Promise<number> => {
      loads = 0;
      const event = eventAt(world, `m_${type}`, { type, ...more });
      await bot.handle(event, world.ports(event, { sessions: { ...world.sessions, load } }));
      return loads;
    };
    const deaf = createBot().text((turn) => turn.reply('x'));
    const own = { metadata: 'm_1/reply-1' };
    expect(await handle(deaf, 'read')).toBe(0);
    expect(await handle(deaf, 'echo', own)).toBe(0);
    expect(await handle(deaf, 'echo')).toBe(1);
    expect(await handle(deaf, 'thread-control', { action: 'take' })).toBe(1);
    expect(
      await handle(
        createBot().on('read', () => {}),
        'read',
      ),
    ).toBe(1);
    expect(
      await handle(
        createBot().use((_, next) => next()),
        'echo',
        own,
      ),
    ).toBe(1);
    expect(await handle(deaf, 'reaction', { action: 'react' })).toBe(1);
  });

  it('lets notices through its guards, and refuses nothing while a human answers', async () => {
    const [refused, read]: [string[], string[]] = [[], []];
    const bot = createBot()
      .guard(
        () => false,
        (turn) => void refused.push(turn.event.type),
      )
      .on('read', (turn) => void read.push(turn.event.type));
    await drive(bot).says('x').does('read', {}).humanSays('Em đây').says('y');
    expect([refused, read]).toEqual([['text'], ['read']]);
  });
});

describe('what fails in a router', () => {
  const fail = (): Promise<never> => Promise.reject(new Error('broken'));
  const pass = (_turn: unknown, next: Next): Promise<void> => next();
  const passThenFail = (_turn: unknown, next: Next): Promise<never> => next().then(fail);

  it.each<[string, string, (bot: Bot) => Bot]>([
    ['a handler', 'handler "text x"', (bot) => bot.text('x', fail)],
    ['one that another let on', 'handler "text"', (bot) => bot.text('x', pass).text(fail)],
    [
      'one that let another on',
      'handler "text x"',
      (bot) => bot.text('x', passThenFail).text(() => {}),
    ],
    ['a middleware', 'a middleware', (bot) => bot.use(fail)],
    ['one after its handlers', 'a middleware', (bot) => bot.use(passThenFail).text(() => {})],
    ['one behind a handler', 'a middleware', (bot) => bot.text('x', pass).use(fail)],
    [
      'one that calls next twice',
      'handler "keywords x, y"',
      (bot) =>
        bot
          .keywords(['x', 'y'], async (_turn, next) => {
            await next();
            await next();
          })
          .otherwise(() => {}),
    ],
  ])('is named: %s', async (_what, name, build) => {
    const person = drive(build(createBot())).says('x');
    await expect(person).rejects.toThrow(`Event m_1 (text): ${name} failed: `);
  });

  it('goes on when what catches it throws', async () => {
    const bot = createBot()
      .catch(async (error) => {
        throw new Error('worse', { cause: error });
      })
      .text(fail);
    await expect(drive(bot).says('x')).rejects.toMatchObject({
      cause: { message: 'worse', cause: { message: 'broken' } },
    });
  });
});
