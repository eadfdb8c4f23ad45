import type { GraphClient } from '@bot/graph-client';
import {
  createRedisSessionStore,
  isPageTrouble,
  type BotEvent,
  type RedisCommands,
  type Scheduler,
  type TurnPorts,
} from '@bot/handlers';
import type { KeptHistory } from '@bot/history';
import { createQueue, createWorker, systemClock, type RedisConnection } from '@bot/queue';

/** A worker and the queue for its reminders. */
export interface RunningWorker {
  close(): Promise<void>;
}

/** Takes events from the queue, runs the bot, and replies through the Graph API. */
export function startWorker(options: {
  readonly bot: { handle(event: BotEvent, ports: TurnPorts): Promise<void> };
  readonly redis: RedisConnection & RedisCommands;
  readonly graph: GraphClient;
  readonly history: Pick<KeptHistory, 'turn' | 'past'>;
}): RunningWorker {
  const { bot, redis, graph, history } = options;
  const queue = createQueue({ redis });
  const sessions = createRedisSessionStore({ redis });
  const sender: TurnPorts['sender'] = {
    send: ({ pageId: _pageId, ...message }) => graph.messages.send(message),
    act: ({ pageId: _pageId, ...action }) => graph.messages.senderAction(action),
  };
  const scheduler: Scheduler = {
    async add(timer, delayMs) {
      const { id, pageId, psid, timestamp } = timer;
      await queue.add({ id, lane: `${pageId}:${psid}`, timestamp, data: timer }, { delayMs });
    },
    async cancel({ id, conversation }) {
      await queue.cancel({ id, lane: conversation.id });
    },
  };
  const worker = createWorker({
    redis,
    retry: { isOutage: isPageTrouble },
    steps: { confirmWithinMs: 5_000 },
    observer: {
      buried: ({ id }, { error }) => console.error(`Given up on event ${id}: ${String(error)}`),
    },
    handle: ({ data }, { step, signal, waiting, givesUp }) =>
      history.turn(data as BotEvent, step, (recorded) =>
        bot.handle(data as BotEvent, {
          ...recorded,
          signal,
          sender,
          sessions,
          scheduler,
          clock: systemClock,
          waiting: async () => (await waiting()).map((event) => event.data as BotEvent),
          givesUp,
          history: history.past,
        }),
      ),
  });
  return {
    async close() {
      await worker.close();
      await queue.close();
    },
  };
}
