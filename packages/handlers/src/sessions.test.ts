import { describe, expect, it } from 'vitest';
import { createBot, type Bot } from './bot.ts';
import { next } from './flow-answer.ts';
import { createFlow } from './flow.ts';
import { createWorld, DAY, eventAt, HOUR, textsOf } from './turn-ports.test-setup.ts';

interface Cart {
  items: string[];
}

const shop = (): Bot<Cart> =>
  createBot<Cart>({ session: { initial: () => ({ items: [] }) }, apology: () => undefined });

/** Adds what is said, and says what is there. */
const adding = shop().text((turn) => {
  turn.session.items.push(turn.event.text);
  return turn.reply(turn.session.items.join(', '));
});

describe('a session', () => {
  it('is what the turn before left, each person’s own', async () => {
    const world = createWorld();
    for (const [id, more] of [
      ['m_1', { text: 'trà' }],
      ['m_2', { text: 'sữa', psid: '21' }],
      ['m_3', { text: 'sen' }],
    ] as const) {
      const event = eventAt(world, id, more);
      await adding.handle(event, world.ports(event));
    }
    expect(textsOf(world)).toEqual(['trà', 'sữa', 'trà, sen']);
  });

  it('stays as it was when the turn fails', async () => {
    const world = createWorld();
    const bot = shop()
      .text('độc', (turn) => {
        turn.session.items.push('độc');
        throw new Error('poison');
      })
      .use(adding.middleware());
    const run = async (id: string, text: string): Promise<void> => {
      const event = eventAt(world, id, { text });
      await bot.handle(event, world.ports(event));
    };
    await run('m_1', 'trà');
    world.clock.moveTo(world.clock.now() + DAY);
    await expect(run('m_2', 'độc')).rejects.toThrow('poison');
    await run('m_3', 'sen');
    expect(textsOf(world)).toEqual(['trà', 'trà, sen']);
  });

  it('stays as it was with all that is kept beside it', async () => {
    const world = createWorld();
    const booking = createFlow<{ teas: string[] }>({
      name: 'booking',
      steps: {
        tea: {
          ask: (turn, { teas }) => turn.reply(`${turn.locale} ${teas?.join(', ') || 'gì?'}`),
          answer: (turn, { teas }) => {
            turn.locale = 'en';
            teas?.push(turn.event.text ?? '');
            if (turn.event.text === 'độc') throw new Error('poison');
            return next({}, 'tea');
          },
        },
      },
      done: () => {},
    });
    const bot = createBot({ apology: () => undefined })
      .flow(booking)
      .text((turn) => booking.start(turn, { teas: [] }));
    const run = async (id: string, text: string): Promise<void> => {
      const event = eventAt(world, id, { text });
      await bot.handle(event, world.ports(event));
      world.clock.moveTo(world.clock.now() + HOUR);
    };
    await run('m_1', 'đặt');
    await expect(run('m_2', 'độc')).rejects.toThrow('poison');
    world.clock.moveTo(world.clock.now() + HOUR);
    await expect(run('m_3', 'độc')).rejects.toThrow('poison');
    const kept = JSON.parse((await world.sessions.load('10:20'))?.text ?? '{}');
    expect(kept).not.toHaveProperty('locale');
    await run('m_4', 'trà');
    expect(textsOf(world)).toEqual(['vi gì?', 'en trà']);
  });

  it('is changed once by an event whose turn was over and that comes again', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1', { text: 'trà' });
    await adding.handle(event, world.ports(event));
    await adding.handle(event, world.ports(event));
    const later = eventAt(world, 'm_2', { text: 'sen' });
    await adding.handle(later, world.ports(later));
    expect(textsOf(world)).toEqual(['trà', 'trà, sen']);
  });

  it('is not written over what somebody else wrote meanwhile', async () => {
    const world = createWorld();
    const bot = shop().text(async (turn) => {
      turn.session.items.push('trà');
      const other = { id: '10:20', text: '{}', version: 0, expireMs: DAY };
      expect(await world.sessions.save(other)).toBe(true);
    });
    const event = eventAt(world, 'm_1');
    const error = await bot.handle(event, world.ports(event)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'SessionError', retryAfterMs: 5_000 });
    expect((await world.sessions.load('10:20'))?.text).toBe('{}');
  });

  it('that nobody touches is written for its age at most once a minute', async () => {
    const world = createWorld();
    const bot = shop().text((turn) => turn.reply(String(turn.session.items.length)));
    for (let second = 0; second < 120; second += 10) {
      const event = eventAt(world, `m_${second}`);
      await bot.handle(event, world.ports(event));
      world.clock.moveTo(world.clock.now() + 10_000);
    }
    expect(world.saves).toHaveLength(2);
    expect(world.saves[0]).not.toContain('items');
  });

  it('is forgotten after its time without a turn, not before', async () => {
    const world = createWorld();
    const session = { initial: (): Cart => ({ items: [] }), expireMs: 2 * DAY };
    const bot = createBot<Cart>({ session }).text((turn) => {
      turn.session.items.push('x');
      return turn.reply(String(turn.session.items.length));
    });
    for (const [id, waitMs] of [
      ['m_1', 0],
      ['m_2', 2 * DAY - 60_001],
      ['m_3', 2 * DAY],
    ] as const) {
      world.clock.moveTo(world.clock.now() + waitMs);
      const event = eventAt(world, id);
      await bot.handle(event, world.ports(event));
    }
    expect(textsOf(world)).toEqual(['1', '2', '1']);
  });

  it('that lasts shorter than an hour does not end while the person writes', async () => {
    const world = createWorld();
    const session = { initial: (): Cart => ({ items: [] }), expireMs: 90_000 };
    const bot = createBot<Cart>({ session })
      .text('trà', (turn) => void turn.session.items.push('trà'))
      .text((turn) => turn.reply(turn.session.items.join()));
    for (const text of ['trà', 'một', 'hai', 'ba']) {
      const event = eventAt(world, `m_${text}`, { text });
      await bot.handle(event, world.ports(event));
      world.clock.moveTo(world.clock.now() + 50_000);
    }
    expect(textsOf(world)).toEqual(['trà', 'trà', 'trà']);
  });

  it('of an old version is migrated, one step after another', async () => {
    const world = createWorld();
    const old = createBot<string>({ session: { initial: () => 'trà' } }).text((turn) => {
      turn.session = 'trà sen';
    });
    const event = eventAt(world, 'm_1');
    await old.handle(event, world.ports(event));

    const migrations = [(name: string) => [name], (names: string[]) => ({ items: names })] as const;
    const bot = createBot<Cart>({ session: { initial: () => ({ items: [] }), migrations } });
    bot.text((turn) => turn.reply(turn.session.items.join()));
    for (const id of ['m_2', 'm_2b']) {
      const later = eventAt(world, id);
      await bot.handle(later, world.ports(later));
    }
    expect(textsOf(world)).toEqual(['trà sen', 'trà sen']);
    expect(world.saves.at(-1)).toContain('"version":3');

    // The one of before still runs beside it, in the middle of a deploy.
    const last = eventAt(world, 'm_3');
    const reading = createBot<string>({
      session: { initial: () => 'trà' },
      apology: () => undefined,
    }).text((turn) => turn.reply(turn.session));
    const error = await reading
      .handle(last, world.ports(last, { givesUp: () => false }))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ retryAfterMs: 5_000 });
    expect(String(error)).toContain('version 3 is kept, and this bot knows version 1');
  });

  it('lasts for one turn without a store, and the language as well', async () => {
    const world = createWorld();
    const bot = shop().text(async (turn) => {
      await turn.reply(`${turn.locale} ${turn.session.items.push('x')}`);
      turn.locale = 'en';
    });
    for (const id of ['m_1', 'm_2']) {
      const event = eventAt(world, id);
      await bot.handle(event, world.ports(event, { sessions: undefined }));
    }
    expect(textsOf(world)).toEqual(['vi 1', 'vi 1']);
    for (const id of ['m_3', 'm_4']) {
      const event = eventAt(world, id);
      await bot.handle(event, world.ports(event));
    }
    expect(textsOf(world).slice(2)).toEqual(['vi 1', 'en 2']);
  });

  it.each([0, NaN, Infinity])('cannot be set up with an age of %s', (expireMs) => {
    expect(() => createBot({ session: { initial: () => 0, expireMs } })).toThrow(
      `session.expireMs must be above 0 milliseconds and finite, got ${expireMs}.`,
    );
  });
});
