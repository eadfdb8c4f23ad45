import { describe, expect, it } from 'vitest';
import { createBot } from './bot.ts';
import { drive } from './testing/drive.ts';
import type { Turn } from './turn.ts';
import { createWorld, eventAt } from './turn-ports.test-setup.ts';

describe('what was said before', () => {
  const recall = async (turn: Turn, most?: number): Promise<unknown> => {
    const past = await turn.history(most);
    return turn.reply(past.map(({ direction, text }) => `${direction}:${text}`).join(' ') || '-');
  };

  it('is what the person, the bot and humans said, without the event under way', async () => {
    const person = drive(createBot({ takeover: false }).text((turn) => recall(turn)));
    expect(await person.says('a')).toEqual(['-']);
    expect(await person.says('b')).toEqual(['in:a out:-']);
    await person.humanSays('c');
    expect(await person.says('d')).toEqual(['in:a out:- in:b out:in:a out:- human:c']);
    expect(
      await drive(createBot().text((turn) => recall(turn, 1)))
        .says('a')
        .says('b'),
    ).toEqual(['out:-']);
  });

  it.each([
    ['nobody keeps it', undefined],
    ['whoever keeps it is in trouble', () => Promise.reject(new Error('ECONNREFUSED'))],
  ])('is nothing when %s', async (_why, history) => {
    const world = createWorld();
    const bot = createBot().text((turn) => recall(turn));
    const event = eventAt(world, 'a');
    await bot.handle(event, world.ports(event, { history }));
    expect(world.sent.map(({ message }) => message)).toEqual([{ text: '-' }]);
  });

  it('is asked for by a number that can be', async () => {
    const person = drive(createBot().text((turn) => recall(turn, 0)));
    await expect(person.says('a')).rejects.toThrow('failed');
  });
});

it('tells the journal the message of each step that is a reply', async () => {
  const world = createWorld();
  const told: unknown[] = [];
  const bot = createBot().text(async (turn) => {
    await turn.step('order', async () => 1);
    await turn.reply(['một', { text: 'hai' }]);
  });
  const event = eventAt(world, 'a');
  const ports = world.ports(event);
  await bot.handle(event, {
    ...ports,
    step: (name, effect, message) => {
      told.push([name, message]);
      return ports.step(name, effect);
    },
  });
  expect(told).toEqual([
    ['own-order', undefined],
    ['reply-1', { text: 'một' }],
    ['reply-2', { text: 'hai' }],
  ]);
});
