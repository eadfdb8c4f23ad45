import { describe, expect, it } from 'vitest';
import { createBot, type Bot } from './bot.ts';
import { createFlow } from './flow.ts';
import { next, pass } from './flow-answer.ts';
import { createKeywordRecogniser } from './keyword-recogniser.ts';
import { drive, type Person } from './testing/drive.ts';
import type { TurnNote } from './turn-note.ts';
import { createWorld, eventAt } from './turn-ports.test-setup.ts';

/** Somebody who talks to the bot, and what its turns came to, each as `<type> <note> …`. */
function listen(bot: Bot): { person: Person; told: string[] } {
  const told: string[] = [];
  const person = drive({
    handle: (event, ports) =>
      bot.handle(event, {
        ...ports,
        onOutcome: async (outcomes) => {
          const lines = outcomes.flatMap(({ event: { type }, notes }) =>
            notes.map((note) => `${type}: ${worded(note)}`),
          );
          told.push(...lines);
        },
      }),
  });
  return { person, told };
}

const worded = ({ kind, ...rest }: TurnNote): string => [kind, ...Object.values(rest)].join(' ');

const booking = createFlow<{ day: string; time: string }>({
  name: 'booking',
  steps: {
    day: {
      ask: (turn) => turn.reply('Ngày nào?'),
      answer: ({ event }) => (event.type === 'text' ? next({ day: event.text }) : pass()),
    },
    time: {
      ask: (turn) => turn.reply('Mấy giờ?'),
      answer: ({ event }) => (event.type === 'text' ? next({ time: event.text }) : pass()),
    },
  },
  expireMs: 60_000,
  done: (turn) => turn.reply('Hẹn gặp bạn!'),
});

describe('what a turn came to', () => {
  const recogniser = createKeywordRecogniser({ price: ['giá'], order: ['mua'] });

  it('is the intent whose handler took the text, and not one that nobody waits for', async () => {
    const bot = createBot({ recogniser }).intent('price', (turn) => turn.reply('10.000 đ'));
    const { person, told } = listen(bot);
    await person.says('giá sao').says('mua');
    expect(told).toEqual(['text: intent price 1', 'text: unanswered']);
  });

  it('is that it was not answered, once, when nothing but otherwise takes it', async () => {
    const bot = createBot().otherwise(async (turn, goOn) => {
      await turn.reply('?');
      await goOn();
    });
    const { person, told } = listen(bot);
    await person.says('a').postback('B').does('referral', { referral: {} });
    expect(told).toEqual(['text: unanswered', 'postback: unanswered']);
    told.length = 0;
    await listen(createBot().use(async () => {})).person.says('c');
    expect(told).toEqual([]);
  });

  it('is how far a flow has come, and that it was left', async () => {
    const bot = createBot()
      .flow(booking)
      .text('đặt', (turn) => booking.start(turn));
    const { person, told } = listen(bot);
    await person.says('đặt').says('thứ hai').says('quay lại').says('thứ ba').says('8 giờ');
    await person.says('đặt').says('hủy').says('đặt').after('2m').says('chào');
    expect(told).toEqual([
      'text: flow booking day asked',
      'text: flow booking time asked',
      'text: flow booking day asked',
      'text: flow booking time asked',
      'text: flow booking time finished',
      'text: flow booking day asked',
      'text: flow booking day left',
      'text: flow booking day asked',
      'text: flow booking day left',
      'text: unanswered',
    ]);
  });

  it('is that a flow was left for another one', async () => {
    const other = createFlow({ ...optionsOf('order'), name: 'order' });
    const bot = createBot()
      .text('mua', (turn) => other.start(turn))
      .flow(booking)
      .flow(other)
      .text('đặt', (turn) => booking.start(turn));
    const { person, told } = listen(bot);
    await person.says('đặt').says('mua');
    expect(told).toEqual([
      'text: flow booking day asked',
      'text: flow booking day left',
      'text: flow order what asked',
    ]);
  });

  it('is that a human took over, and that the bot may answer again', async () => {
    const { person, told } = listen(createBot().text((turn) => turn.reply('Dạ')));
    await person.humanSays('Mình đây').says('a').humanSays('Vâng').after('31m').says('b');
    expect(told).toEqual(['echo: takeover human', 'text: released']);
  });

  it('is told before anything is saved, and of a failed turn not at all', async () => {
    const world = createWorld();
    const order: string[] = [];
    const bot = createBot({ recogniser })
      .flow(booking)
      .intent('price', () => Promise.reject(new Error('mine')))
      .text('đặt', (turn) => booking.start(turn));
    const handle = (text: string): Promise<void> => {
      const event = eventAt(world, text, { text });
      const { sessions } = world;
      return bot.handle(event, {
        ...world.ports(event),
        sessions: {
          ...sessions,
          save: async (session) => {
            order.push('save');
            return sessions.save(session);
          },
        },
        onOutcome: async ([outcome]) => {
          order.push(`told of ${outcome?.notes.length}`);
          throw new Error('nobody’s trouble');
        },
      });
    };
    await expect(handle('giá')).rejects.toThrow('failed');
    expect(order).not.toContainEqual(expect.stringContaining('told'));
    order.length = 0;
    await handle('đặt');
    expect(order).toEqual(['told of 1', 'save']);
  });
});

function optionsOf(name: string): Parameters<typeof createFlow>[0] {
  return {
    name,
    steps: { what: { ask: (turn) => turn.reply('Gì?'), answer: () => pass() } },
    done: () => {},
  };
}
