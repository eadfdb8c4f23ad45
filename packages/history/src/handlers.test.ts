import { createBot, type BotEvent, type TurnPorts } from '@bot/handlers';
import { systemClock } from '@bot/queue';
import { expect, it } from 'vitest';
import { ann, useHistory } from './history.test-setup.ts';
import { createTurnHistory } from './turn-history.ts';

const own = useHistory('PGlite');

it('keeps what a bot of @bot/handlers says, and tells its turns of it', async () => {
  const bot = createBot().text(async (turn) => {
    const past = await turn.history(9);
    await turn.reply([
      `${past.length}`,
      { attachment: { type: 'image', url: 'https://a.example' } },
    ]);
    await turn.step('order', async () => 1);
  });
  let sent = 0;
  const ports: Omit<TurnPorts, 'step'> = {
    clock: systemClock,
    signal: new AbortController().signal,
    sender: { send: async () => ({ messageId: `m_${(sent += 1)}` }), act: async () => {} },
    history: createTurnHistory(own.history),
  };
  for (const id of ['một', 'hai']) {
    const event: BotEvent = {
      type: 'text',
      id,
      mid: id,
      text: id,
      platform: 'page',
      channel: 'messaging',
      timestamp: systemClock.now(),
      ...ann,
    };
    await own.recorder.turn(
      event,
      async (name, effect) => effect({ id: `${id}/${name}` }),
      (recorded) => bot.handle(event, { ...ports, ...recorded }),
    );
    await own.write();
  }
  const found = await own.history.conversation(ann).last(9);
  expect(
    'messages' in found && found.messages.map(({ kind, text, mid }) => [kind, text, mid]),
  ).toEqual([
    ['text', 'một', 'một'],
    ['text', '0', 'm_1'],
    ['attachment', undefined, 'm_2'],
    ['text', 'hai', 'hai'],
    ['text', '3', 'm_3'],
    ['attachment', undefined, 'm_4'],
  ]);
});
