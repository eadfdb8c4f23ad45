import { describe, expect, it } from 'vitest';
import { createBot } from './bot.ts';
import { drive } from './testing/index.ts';
import { asHuman } from './turn.ts';
import type { TurnPorts } from './turn-ports.ts';
import { createWorld, DAY, eventAt, HOUR, textsOf } from './turn-ports.test-setup.ts';

const INBOX = '263902037430900';

describe('a bot', () => {
  const echoing = createBot().text((turn) => turn.reply(turn.event.text));

  it('is silent after a human wrote, and comes back when they have been quiet', async () => {
    const person = drive(echoing);
    expect(await person.says('một').humanSays('Chào anh').after('29m').says('hai')).toEqual([]);
    expect(await person.after('2m').says('ba')).toEqual(['ba']);
  });

  it('still hears what happens meanwhile, in middlewares and handlers of notices', async () => {
    const heard: string[] = [];
    const bot = createBot()
      .use((turn, next) => {
        heard.push(`${turn.event.type} ${turn.isSilenced}`);
        return next();
      })
      .on('read', () => void heard.push('read handled'))
      .text(() => void heard.push('text handled'));
    const person = drive(bot).humanSays('Chào anh').says('một').does('read', { watermark: 1 });
    expect(await person).toEqual([]);
    expect(heard).toEqual(['echo true', 'text true', 'read true', 'read handled']);
  });

  it('knows its own echoes, by the step they name and then by its app', async () => {
    const shy = createBot({ takeover: { afterAppMs: 60_000 } });
    const person = drive(shy.text((turn) => turn.reply(turn.event.text)));
    const own = { mid: 'm_e1', appId: '704', metadata: 'm_1/reply-1', text: 'một' };
    await person.does('echo', own).does('echo', { mid: 'm_e2', appId: '704', text: 'hai' });
    expect(await person.says('ba')).toEqual(['ba']);
    await person.does('echo', { mid: 'm_e3', appId: '999', text: 'bốn' });
    expect(await person.says('năm')).toEqual([]);
  });

  it('is silent for another app only when told to', async () => {
    const echo = { mid: 'm_e', appId: '999', text: 'từ CRM' };
    expect(await drive(echoing).does('echo', echo).says('một')).toEqual(['một']);
    const shy = createBot({ takeover: { appId: '704', afterAppMs: 60_000 } }).text((turn) =>
      turn.reply('một'),
    );
    const person = drive(shy).does('echo', echo).says('một');
    expect(await person).toEqual([]);
    expect(await person.after('1m').says('một')).toEqual(['một']);
  });

  it.each([
    ['passes the thread to the inbox', { action: 'pass', newOwnerAppId: INBOX }, []],
    ['takes the thread', { action: 'take', newOwnerAppId: '999' }, []],
    ['takes the thread and does not say who', { action: 'take' }, []],
    ['asks for the thread', { action: 'request', requestedOwnerAppId: '999' }, ['x']],
    ['passes the thread to the bot', { action: 'pass', newOwnerAppId: '704' }, ['x']],
  ] as const)('answers as it may when another app %s', async (_what, control, replies) => {
    expect(await drive(echoing).does('thread-control', control).says('x')).toEqual(replies);
  });

  it('answers again once the thread is its own, at the latest after Meta’s day', async () => {
    const taken = { action: 'take', newOwnerAppId: '999' } as const;
    const person = drive(echoing).does('thread-control', taken).after('23h').says('một');
    expect(await person).toEqual([]);
    expect(await person.after('2h').says('hai')).toEqual(['hai']);
    await person.does('thread-control', taken);
    const returned = { action: 'pass', newOwnerAppId: '704' } as const;
    expect(await person.does('thread-control', returned).says('ba')).toEqual(['ba']);
  });

  it('can be called back by the person', async () => {
    const bot = createBot({
      takeover: { endsWith: (event) => event.type === 'postback' && event.payload === 'BOT' },
    })
      .tap('BOT', (turn) => turn.reply('Mình đây!'))
      .text((turn) => turn.reply(turn.event.text));
    const person = drive(bot).humanSays('Chào').says('một').postback('BOT');
    expect(await person).toEqual(['Mình đây!']);
    expect(await person.says('hai')).toEqual(['hai']);
  });

  it('speaks all the same when it was told to', async () => {
    const bot = createBot({ takeover: false }).text((turn) => turn.reply('một'));
    expect(await drive(bot).humanSays('Chào').says('x')).toEqual(['một']);
  });

  it('looks right before each send whether a human has answered meanwhile', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const bot = createBot().text(async (turn) => {
      await turn.reply('một');
      world.waiting = [
        eventAt(world, 'm_2'),
        eventAt(world, 'm_3', { type: 'echo', appId: INBOX, text: 'Để em trả lời' }),
      ];
      await turn.reply('hai');
    });
    await bot.handle(event, world.ports(event));
    expect(textsOf(world)).toEqual(['một']);
    expect(world.refused).toEqual(['taken-over']);
  });
});

it('does not look behind an event behind which there is nothing', async () => {
  const world = createWorld();
  const event = eventAt(world, 'm_1');
  let looks = 0;
  const reply = (behind: number): Promise<void> => {
    const bot = createBot().text((turn) => turn.reply('một'));
    const step: TurnPorts['step'] = (name, effect) => effect({ id: name, behind });
    const waiting = async (): Promise<[]> => {
      looks += 1;
      return [];
    };
    return bot.handle(event, world.ports(event, { step, waiting, sessions: undefined }));
  };
  await reply(0);
  expect(looks).toBe(0);
  await reply(1);
  expect(looks).toBe(1);
});

describe('the messaging window of a turn', () => {
  const outcomes: string[] = [];
  const reminding = createBot()
    .text((turn) => turn.remind({ name: 'later', afterMs: Number(turn.event.text) * HOUR }))
    .timer('later', async (turn) => {
      const utility = { name: 'appointment', language: 'vi' };
      outcomes.push((await turn.reply('một')).kind);
      await turn.reply(['hai', 'ba'], { utility });
    });

  it('is open within a day of the person’s last act, and leaves a template after it', async () => {
    outcomes.length = 0;
    expect(await drive(reminding).says('23').after('23h')).toEqual(['một', 'hai', 'ba']);
    const person = drive(reminding);
    expect(await person.says('24').after('24h')).toEqual(['<utility appointment>']);
    expect(person.sent.map(({ messagingType }) => messagingType)).toEqual(['UTILITY']);
    expect(outcomes).toEqual(['sent', 'refused']);
  });

  it.each([
    ['reaction', { mid: 'm', action: 'react' }, true],
    ['reaction', { mid: 'm', action: 'unreact' }, false],
    ['read', { watermark: 1 }, false],
    ['delivery', { mids: [] }, false],
    ['echo', { mid: 'm', appId: '704', metadata: 'm_1/reply-1' }, false],
    ['referral', { referral: { source: 'SHORTLINK' } }, true],
    ['referral', { referral: { source: 'ADS' } }, false],
    ['optin', { optinType: 'notification_messages' }, false],
    ['order', { products: [] }, true],
  ] as const)('after a %s of %j is open: %s', async (type, fields, isOpen) => {
    const person = drive(reminding).says('25').after('20h').does(type, fields);
    expect(await person.after('5h')).toHaveLength(isOpen ? 3 : 1);
  });

  it('gives a human seven days, and speech while the bot is silent', async () => {
    const desk = createBot()
      .text((turn) => turn.remind({ name: 'agent', afterMs: 6 * DAY }))
      .timer('agent', async (turn) => {
        await turn.reply('bot');
        await asHuman(turn).reply('người');
      });
    const person = drive(desk).says('x').after('6d');
    expect(await person).toEqual(['người']);
    expect(person.sent[0]?.messagingType).toBe('HUMAN_AGENT');
    await expect(asHuman({} as never).reply('x')).rejects.toThrow('no turn that a bot handed out');
    const busy = drive(
      createBot().use(async (turn) => {
        if (turn.event.type === 'text') await asHuman(turn).reply('người');
      }),
    );
    expect(await busy.humanSays('Chào').says('x')).toEqual(['người']);
  });
});
