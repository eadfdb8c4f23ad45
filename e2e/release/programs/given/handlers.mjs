/** What the examples of @bot/handlers take for granted. */
import { deepStrictEqual, ok } from 'node:assert/strict';
import { createBot, createMemorySessionStore, isPageTrouble } from '@bot/handlers';
import { connectRedis, createWorker, systemClock } from '@bot/queue';

const sent = [];

export async function prepare() {
  const bot = createBot()
    .text('xin chào', (turn) => turn.reply('Chào bạn!'))
    .text('menu', (turn) =>
      turn.reply({ text: 'Trà sen', quickReplies: [{ title: 'Mua', payload: 'BUY' }] }),
    )
    .tap('MENU', (turn) => turn.reply('Thực đơn: …'));
  Object.assign(globalThis, {
    createBot,
    createWorker,
    isPageTrouble,
    bot,
    expect: (value) => ({
      toEqual: (wanted) => deepStrictEqual(value, wanted),
      toMatchInlineSnapshot: () => ok(value !== undefined),
    }),
    event: {
      type: 'text',
      id: 'm1',
      mid: 'm1',
      text: 'xin chào',
      timestamp: Date.now(),
      platform: 'page',
      pageId: '10',
      psid: '20',
      channel: 'messaging',
    },
    payloadSecret: 'a-payload-secret-of-a-team',
    redis: connectRedis({ url: process.env.REDIS_URL, role: 'worker' }),
    handle: async () => {},
    graph: { profile: { get: async () => ({}), set: async () => {}, delete: async () => {} } },
    step: async (name, effect) => effect({ id: `m1/${name}` }),
    signal: AbortSignal.timeout(10_000),
    sender: {
      async send({ message }) {
        sent.push(message.text);
        return { messageId: 'm_2' };
      },
      act: async () => {},
    },
    clock: systemClock,
    sessions: createMemorySessionStore({ now: () => Date.now() }),
    scheduler: { add: async () => {}, cancel: async () => {} },
    waiting: async () => [],
    givesUp: () => false,
  });
  return async () => {};
}

/** The event that was handed to the bot was answered. */
export async function verify() {
  deepStrictEqual(sent, ['Chào bạn!']);
}
