import { describe, expect, it } from 'vitest';
import { createBot } from './bot.ts';
import type { Reply } from './reply.ts';
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

  it.each([
    ['without an app', {}],
    ['from the inbox, with metadata of its own', { appId: INBOX, metadata: 'agent 7' }],
  ])('takes an echo %s for a human’s', async (_what, more) => {
    const person = drive(echoing).does('echo', { mid: 'm_e', text: 'Chào', ...more });
    expect(await person.says('một')).toEqual([]);
  });

  it('counts from when the human wrote, not from when it heard of it', async () => {
    const world = createWorld();
    const timestamp = world.clock.now() - HOUR / 3;
    for (const [id, more] of [
      ['m_1', { type: 'echo', appId: INBOX, timestamp }],
      ['m_2', { text: 'một' }],
      ['m_3', { text: 'hai' }],
    ] as const) {
      const event = eventAt(world, id, more);
      await echoing.handle(event, world.ports(event));
      world.clock.moveTo(world.clock.now() + HOUR / 12);
    }
    expect(textsOf(world)).toEqual(['hai']);
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
    await person.does('thread-control', taken).humanSays('Chào').after('1h');
    expect(await person.says('một')).toEqual([]);
    const returned = { action: 'pass', newOwnerAppId: '704' } as const;
    expect(await person.does('thread-control', returned).says('ba')).toEqual(['ba']);
  });

  it('knows by its app id who was given the thread', async () => {
    const bot = createBot({ takeover: { appId: '704' } }).text((turn) => turn.reply('một'));
    const person = drive(bot);
    await person.does('thread-control', { action: 'pass', newOwnerAppId: '999' });
    expect(await person.says('x')).toEqual([]);
    await person.does('thread-control', { action: 'take', newOwnerAppId: '704' });
    expect(await person.says('x')).toEqual(['một']);
  });

  it('is refused what its middlewares say while it is silent', async () => {
    const bot = createBot().use((turn) => turn.reply('một'));
    expect(await drive(bot).humanSays('Chào').says('x')).toEqual([]);
    const listening = createBot({ takeover: false }).use((turn) => turn.reply('một'));
    expect(
      await drive(listening).does('text', { text: 'x', mid: 'm', channel: 'standby' }),
    ).toEqual([]);
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
    const written = world.clock.now() - HOUR;
    world.waiting = [eventAt(world, 'm_0', { type: 'echo', appId: INBOX, timestamp: written })];
    const bot = createBot().text(async (turn) => {
      await turn.reply('một');
      world.waiting = [
        eventAt(world, 'm_2'),
        eventAt(world, 'm_3', { type: 'echo', appId: INBOX, text: 'Để em trả lời' }),
      ];
      await turn.reply('hai');
    });
    const told: unknown[] = [];
    const onRefused: TurnPorts['onRefused'] = (...refusal) => void told.push(refusal);
    await bot.handle(event, world.ports(event, { onRefused }));
    expect(textsOf(world)).toEqual(['một']);
    expect(told).toEqual([['taken-over', { id: '10:20', pageId: '10', psid: '20' }]]);
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
      const outcome = await turn.reply('một');
      outcomes.push(outcome.kind === 'sent' ? 'sent' : outcome.reason);
      await turn.reply(['hai', 'ba'], { utility });
    });

  it('is open within a day of the person’s last act, and leaves a template after it', async () => {
    outcomes.length = 0;
    expect(await drive(reminding).says('23').after('23h')).toEqual(['một', 'hai', 'ba']);
    const person = drive(reminding);
    expect(await person.says('24').after('24h')).toEqual(['<utility appointment>']);
    expect(person.sent.map(({ messagingType }) => messagingType)).toEqual(['UTILITY']);
    expect(outcomes).toEqual(['sent', 'window-closed']);
  });

  it('counts from the person’s act, however late it comes', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1', { timestamp: world.clock.now() - DAY });
    const bot = createBot().text((turn) => turn.reply('một'));
    await bot.handle(event, world.ports(event));
    expect(world.refused).toEqual(['window-closed']);
  });

  it('lets a question for feedback out for seven days, and a template for all or none', async () => {
    const feedback: Reply = {
      template: {
        type: 'customer_feedback',
        title: 'Trà ngon không?',
        buttonTitle: 'Đánh giá',
        subtitle: 'Cho mình biết nhé',
        feedbackScreens: [{ questions: [{ id: 'tea', type: 'csat' }] }],
        businessPrivacy: { url: 'https://example.com/privacy' },
      },
    };
    const bot = createBot()
      .text((turn) => turn.remind({ name: 'later', afterMs: 2 * DAY }))
      .timer('later', async (turn) => {
        await turn.reply(feedback);
        await turn.reply([feedback, 'hai'], { utility: { name: 'tea', language: 'vi' } });
      });
    const person = drive(bot).says('x');
    await person.after('2d');
    expect(person.sent.map(({ messagingType }) => messagingType)).toEqual([
      'CUSTOMER_FEEDBACK',
      'UTILITY',
    ]);
  });

  it('outlasts a session that is kept for less', async () => {
    const world = createWorld();
    const session = { initial: () => undefined, expireMs: HOUR };
    const bot = createBot({ session })
      .text(() => {})
      .on('read', (turn) => asHuman(turn).reply('người'));
    for (const more of [{}, { type: 'read', watermark: 1 }]) {
      const event = eventAt(world, `m_${Object.keys(more).length}`, more);
      await bot.handle(event, world.ports(event));
      world.clock.moveTo(world.clock.now() + 6 * DAY);
    }
    expect(textsOf(world)).toEqual(['người']);
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
    ['text', { mid: 'm', text: '25', channel: 'changes' }, false],
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
    expect(busy.sent[0]?.metadata).toBe('m_2/human-1');
  });
});
