import { describe, expect, it } from 'vitest';
import { createBot, type Bot } from './bot.ts';
import { again, cancel, next, pass } from './flow-answer.ts';
import { createFlow, FLOW_BACK, FLOW_CANCEL, type FlowOptions } from './flow.ts';
import { drive } from './testing/index.ts';
import { createWorld, eventAt, textsOf } from './turn-ports.test-setup.ts';
import type { Turn } from './turn.ts';

interface Form {
  readonly day: string;
  readonly phone: string;
}

const steps: FlowOptions<Form, unknown>['steps'] = {
  day: {
    ask: (turn) => turn.reply('Ngày nào?'),
    answer: ({ event }) => (event.text === undefined ? again() : next({ day: event.text })),
    tap: ({ event }) => (event.payload === 'MAI' ? next({ day: 'mai' }) : pass()),
  },
  phone: {
    ask: (turn, { day }) => turn.reply(`Số điện thoại cho ${day}?`),
    answer({ event }) {
      if (event.text === 'bỏ qua') return next({}, 'note');
      if (event.text === 'dừng hết') return cancel();
      if (event.text?.startsWith('?') === true) return pass();
      return /^0\d{9}$/.test(event.text ?? '') ? next({ phone: event.text ?? '' }) : again('Sai!');
    },
  },
  note: {
    ask: (turn) => turn.reply('Ghi chú?'),
    answer: () => next(),
  },
};

function botWith(options: Partial<FlowOptions<Form, unknown>> = {}): Bot {
  const form = createFlow<Form>({
    name: 'form',
    steps,
    done: (turn, data) => turn.reply(JSON.stringify(data)),
    ...options,
  });
  return createBot()
    .keywords(['đặt lịch', 'book'], (turn) => form.start(turn))
    .flow(form)
    .tap('MENU', (turn) => turn.reply('Thực đơn'))
    .otherwise((turn) => turn.reply('?'));
}

describe('a flow', () => {
  it('asks its questions in order, and ends with all the answers', async () => {
    const person = drive(botWith());
    await person.says('đặt lịch').says('thứ hai').says('12').says('0901234567').says('gấp');
    await person.says('còn gì không');
    expect(await person.transcript()).toMatchInlineSnapshot(`
      "person: đặt lịch
      bot: Ngày nào?
      person: thứ hai
      bot: Số điện thoại cho thứ hai?
      person: 12
      bot: Sai!
      bot: Số điện thoại cho thứ hai?
      person: 0901234567
      bot: Ghi chú?
      person: gấp
      bot: {"day":"thứ hai","phone":"0901234567"}
      person: còn gì không
      bot: ?"
    `);
  });

  it('asks again after what is no answer, in the package’s words when it has none', async () => {
    const person = drive(botWith()).says('book');
    expect(await person.sends({ type: 'image' })).toEqual([
      'Mình chưa hiểu câu trả lời này.',
      'Ngày nào?',
    ]);
  });

  it('jumps where an answer leads, and goes the same way back', async () => {
    const person = drive(botWith()).says('book').says('mai');
    expect(await person.says('bỏ qua')).toEqual(['Ghi chú?']);
    expect(await person.says('Quay lại')).toEqual(['Số điện thoại cho mai?']);
    expect(await person.says('back')).toEqual(['Ngày nào?']);
    expect(await person.says('trở lại')).toEqual(['Ngày nào?']);
  });

  it.each(['hủy', 'HUỶ', 'thôi', 'Cancel', 'stop', 'dừng hết'])('ends by %j', async (word) => {
    const person = drive(botWith()).says('book').says('mai').says(word);
    expect(await person).toEqual(['Mình dừng ở đây nhé. Khi nào cần, bạn cứ nhắn lại!']);
    expect(await person.says('0901234567')).toEqual(['?']);
  });

  it.each(['Huy', 'Dũng', 'Đúng', 'dùng', 'thời', 'hủy đơn cũ'])(
    'takes %j for an answer',
    async (word) => {
      expect(await drive(botWith()).says('book').says(word)).toEqual([
        `Số điện thoại cho ${word}?`,
      ]);
    },
  );

  it('ends by a tap, in the bot’s own words', async () => {
    const bot = botWith({ cancelled: (turn, { day }) => turn.reply(`Đã bỏ ${day}`) });
    expect(await drive(bot).says('book').says('mai').postback(FLOW_CANCEL)).toEqual(['Đã bỏ mai']);
  });

  it('goes back and ends by quick replies, in the person’s language', async () => {
    const quickReplies = [
      { title: 'Trước', payload: FLOW_BACK },
      { title: 'Không đặt', payload: FLOW_CANCEL },
    ];
    const phone = {
      ...steps['phone'],
      ask: (turn) => turn.reply({ text: 'Phone?', quickReplies }),
    } as FlowOptions<Form, unknown>['steps'][string];
    const bot = botWith({ steps: { ...steps, phone } });
    const english = createBot({ locale: 'en' }).use(bot.middleware());
    const person = drive(english).says('book').says('mai').taps('Trước');
    expect(await person).toEqual(['Ngày nào?']);
    expect(await person.sends({ type: 'image' })).toContain('I did not understand that answer.');
    const end = ['Let us stop here. Write to me whenever you like!'];
    expect(await person.says('mai').taps('Không đặt')).toEqual(end);
    expect(await person.says('cancel')).toEqual(['?']);
  });

  it('takes taps only where it asks for them, and leaves to others what it passes', async () => {
    const person = drive(botWith()).says('book').postback('MENU');
    expect(await person).toEqual(['Thực đơn']);
    expect(await person.postback('MAI')).toEqual(['Số điện thoại cho mai?']);
    expect(await person.says('? giờ mở cửa')).toEqual(['?']);
    expect(await person.postback('MAI')).toEqual(['?']);
    expect(await person.says('0901234567')).toEqual(['Ghi chú?']);
  });

  it('reminds once of a question that stays open, and not of one that was answered', async () => {
    const bot = botWith({
      remind: { afterMs: 600_000, say: (turn) => turn.reply('Còn đó không?') },
    });
    const person = drive(bot).says('book').after('9m').says('mai').after('9m');
    expect(await person).toEqual([]);
    expect(await person.after('2m')).toEqual(['Còn đó không?']);
    expect(await person.after('1d')).toEqual([]);
  });

  it('is forgotten after its time, with or without a word', async () => {
    const silent = drive(botWith({ expireMs: 3_600_000 }))
      .says('book')
      .after('1h')
      .says('mai');
    expect(await silent).toEqual(['?']);
    const telling = botWith({ expireMs: 3_600_000, expired: (turn) => turn.reply('Hết giờ') });
    const person = drive(telling).says('book').after('59m').says('mai').after('59m');
    expect(await person).toEqual([]);
    expect(await person.after('1m')).toEqual(['Hết giờ']);
    expect(await person.says('0901234567')).toEqual(['?']);
  });

  it('begins anew when it is started again, and gives way to another one', async () => {
    const other = createFlow<object>({
      name: 'other',
      steps: { only: { ask: (turn) => turn.reply('Khác?'), answer: () => next() } },
      done: (turn) => turn.reply('Xong'),
    });
    const bot = createBot()
      .text('khác', (turn) => other.start(turn))
      .flow(other);
    bot.use(botWith().middleware());
    const person = drive(bot).says('book').says('mai').says('book');
    expect(await person).toEqual(['Ngày nào?']);
    expect(await person.says('khác').says('gì đó')).toEqual(['Xong']);
    expect(await person.says('thứ ba')).toEqual(['?']);
  });

  it('leaves no timer behind, however it ends', async () => {
    const bot = botWith({
      remind: { afterMs: 7_200_000, say: (turn) => turn.reply('Còn đó không?') },
      expireMs: 3_600_000,
      expired: (turn) => turn.reply('Hết giờ'),
    }).on('timer', (turn) => turn.reply(turn.event.name));
    const expired = drive(bot).says('book').after('1h');
    expect(await expired).toEqual(['Hết giờ']);
    expect(await expired.after('1d')).toEqual([]);
    expect(await drive(bot).says('book').says('hủy').after('1d')).toEqual([]);
    const done = drive(bot).says('book').says('mai').says('bỏ qua').says('hết').after('1d');
    expect(await done).toEqual([]);
  });

  it('is not ended by the time of the one before', async () => {
    const slow = createFlow<object>({
      name: 'slow',
      steps: { only: { ask: (turn) => turn.reply('Khác?'), answer: () => next() } },
      done: (turn) => turn.reply('Xong'),
    });
    const bot = createBot()
      .text('khác', (turn) => slow.start(turn))
      .flow(slow);
    bot.use(
      botWith({ expireMs: 3_600_000, expired: (turn) => turn.reply('Hết giờ') }).middleware(),
    );
    const person = drive(bot).says('book').after('30m').says('khác').after('1h');
    expect(await person).toEqual([]);
    expect(await person.says('gì đó')).toEqual(['Xong']);
  });

  it('stays where it was when its next question cannot be asked', async () => {
    const world = createWorld();
    const bot = botWith();
    const run = async (id: string, text: string): Promise<void> => {
      const event = eventAt(world, id, { text });
      await bot.handle(event, world.ports(event, { givesUp: () => false }));
    };
    await run('m_1', 'book');
    world.onSend = () => {
      throw new Error('reset');
    };
    await expect(run('m_2', 'mai')).rejects.toThrow('reset');
    world.onSend = () => {};
    await run('m_2', 'mai');
    await run('m_3', '0901234567');
    expect(textsOf(world)).toEqual(['Ngày nào?', 'Số điện thoại cho mai?', 'Ghi chú?']);
  });

  it('cannot lead to a step that is not there, or have none', async () => {
    const lost = createFlow<object>({
      name: 'lost',
      steps: { one: { ask: (turn) => turn.reply('1?'), answer: () => next({}, 'nowhere') } },
      done: () => {},
    });
    const bot = createBot({ apology: () => undefined })
      .text('book', (turn) => lost.start(turn))
      .flow(lost);
    await expect(drive(bot).says('book').says('x')).rejects.toThrow(
      'Flow lost has no step nowhere, and one leads to it.',
    );
    expect(() => createFlow({ name: 'empty', steps: {}, done: () => {} })).toThrow(
      'Flow empty needs at least one step.',
    );
  });
});

describe('a flow that a deploy finds under way', () => {
  /** Says some texts to one bot, then one to the next that takes its place. */
  async function deploy(texts: readonly string[], young: Bot, last: string): Promise<unknown[]> {
    const world = createWorld();
    const old = botWith();
    for (const [index, text] of [...texts, last].entries()) {
      const event = eventAt(world, `m_${index}`, { text });
      await (index < texts.length ? old : young).handle(event, world.ports(event));
    }
    return textsOf(world).slice(texts.length);
  }

  it('goes on where it was', async () => {
    expect(await deploy(['book', 'mai'], botWith(), '0901234567')).toEqual(['Ghi chú?']);
  });

  it('begins again with its answers when its step is gone, or its version is another', async () => {
    const { phone: _phone, ...fewer } = steps;
    for (const young of [botWith({ steps: fewer }), botWith({ version: 2 })]) {
      expect(await deploy(['book', 'mai'], young, '0901234567')).toEqual(['Ngày nào?']);
      expect(await deploy(['book', 'mai'], young, 'thôi')).toHaveLength(1);
    }
    const knows = (turn: Turn, { day }: Partial<Form>): Promise<unknown> =>
      turn.reply(`Không ${day}?`);
    const day = { ask: knows, answer: () => next<Form>() };
    expect(await deploy(['book', 'mai'], botWith({ steps: { day } }), 'x')).toEqual(['Không mai?']);
  });

  it('goes on where it is told to', async () => {
    const upgrade = ({ step }: { step: string }): { step: string; data: Partial<Form> } => ({
      step: step === 'phone' ? 'note' : 'day',
      data: { day: 'đã đổi' },
    });
    expect(await deploy(['book', 'mai'], botWith({ version: 2, upgrade }), 'x')).toEqual([
      '{"day":"đã đổi"}',
    ]);
    const back = await deploy(['book', 'mai'], botWith({ version: 2, upgrade }), 'quay lại');
    expect(back).toEqual(['Ghi chú?']);
  });

  it('is no more when the bot no longer has it', async () => {
    const other = createBot().otherwise((turn) => turn.reply('?'));
    expect(await deploy(['book', 'mai'], other, 'x')).toEqual(['?']);
  });
});
