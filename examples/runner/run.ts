import { createGraphClient, type GraphClient } from '@bot/graph-client';
import { syncProfile, type BotEvent, type TurnPorts, type WantedProfile } from '@bot/handlers';
import { openHistory } from '@bot/history';
import { connectRedis, createQueue, systemClock, type RedisConnection } from '@bot/queue';
import { startInsights, type InsightsSettings } from './insights.ts';
import { openSurroundings } from './local.ts';
import { buildWebhook } from './webhook.ts';
import { startWorker } from './worker.ts';

/** Whatever handles events as a bot does. */
interface RunnableBot {
  handle(event: BotEvent, ports: TurnPorts): Promise<void>;
}

/** What `run` takes beside the bot. */
export interface RunOptions {
  /** Menu, greeting and the like, which the Page gets at the start. */
  readonly profile?: WantedProfile;
  /**
   * Where what is said is kept, for `turn.history`: `postgres://…`, `file:./folder`, or `memory:` until
   * the process ends. Default: it is not kept.
   */
  readonly historyUrl?: string;
  /** Shows figures on it. */
  readonly insights?: InsightsSettings;
  /** Lets go of what the bot works with, after its last turn. */
  readonly close?: () => Promise<void>;
}

/**
 * Runs a bot in one process: webhook, queue and worker, against a Messenger on this machine, or
 * against Meta when the environment holds the secrets of a Facebook app. Ends with Ctrl-C.
 *
 * @param bot The bot, or what makes it for those who call the Graph API beside their replies.
 *
 * @example
 * await run(createBot().text((turn) => turn.reply('Xin chào!')));
 */
export async function run(
  bot: RunnableBot | ((graph: GraphClient) => RunnableBot),
  { profile = {}, historyUrl, insights, close }: RunOptions = {},
): Promise<void> {
  const surroundings = await openSurroundings(process.env);
  const { appSecret, verifyToken, accessToken, graphUrl: baseUrl, port } = surroundings;
  // The webhook must refuse at once while Redis is away, the worker waits until it is back.
  const [producing, consuming] = (['producer', 'worker'] as const).map((role) =>
    connectRedis({ url: surroundings.redisUrl, role }),
  ) as [RedisConnection, RedisConnection];
  const queue = createQueue({ redis: producing });
  const graph = createGraphClient({ accessToken, appSecret, baseUrl });
  const history = openHistory({
    url: historyUrl,
    redis: consuming,
    clock: systemClock,
    observer: { away: ({ message }) => console.error(message) },
  });
  const runnable = typeof bot === 'function' ? bot(graph) : bot;
  const worker = startWorker({ bot: runnable, redis: consuming, graph, history });
  const webhook = buildWebhook({ verifyToken, appSecret, queue });

  let shown: { close(): Promise<void> } | undefined;

  async function stop(): Promise<void> {
    await webhook.close();
    await shown?.close();
    await worker.close();
    await Promise.all([queue.close(), graph.close(), history.close(), close?.()]);
    producing.disconnect();
    consuming.disconnect();
    await surroundings.close();
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  try {
    await webhook.listen({ port, host: '127.0.0.1' });
    if (insights !== undefined) shown = await startInsights(history, insights);
    await syncProfile({ profile: graph.profile, wanted: profile, apply: true, print: console.log });
  } catch (error) {
    await stop();
    throw error;
  }
}
