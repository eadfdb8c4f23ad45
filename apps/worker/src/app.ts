import { addBoard } from '@bot/board';
import { createTransport } from '@bot/graph-client';
import { openHistory, type KeptHistory } from '@bot/history';
import { createRedisSessionStore, isPageTrouble } from '@bot/handlers';
import { addInsights } from '@bot/insights';
import {
  createPageRecords,
  createPageSender,
  createPageWatch,
  neededFields,
  openPageGraph,
  openPages,
  type PageWatch,
} from '@bot/pages';
import { withForgetting } from '@bot/privacy/worker';
import {
  connectRedis,
  createQueue,
  createWorker,
  openJobQueues,
  systemClock,
  type Worker,
} from '@bot/queue';
import { addHealth, createHttp, type ServiceProcess } from '@bot/service';
import {
  addPageMetrics,
  addQueueMetrics,
  createHistoryMetrics,
  createPageLog,
  createRegistry,
  createWorkerMetrics,
  observeCalls,
  traceTurns,
} from '@bot/telemetry';
import type { Config } from './config.ts';
import { createConversation } from './conversation/bot.ts';
import { createTurns } from './turns.ts';

export interface App {
  /** Where health and metrics are served. */
  readonly address: string;
  /** Lets running turns end, then lets go of everything. */
  close(): Promise<void>;
}

/** Wires the worker: queue, bot, Graph API, health. */
export async function startApp(
  config: Config,
  { log, complain, pseudonyms, fail }: ServiceProcess,
): Promise<App> {
  const redis = connectRedis({
    url: config.redisUrl,
    role: 'worker',
    queue: config.queue,
    onError: (error) => complain('Redis connection failed', { reason: error.message }),
    onFinding: ({ kind, message }) => (kind === 'warning' ? log.warn(message) : fail(message)),
  });
  const transport = createTransport({ connections: config.concurrency });
  const { appSecret, graphUrl: baseUrl, graphVersion: version } = config;
  const common = { appSecret, baseUrl, version, transport };
  const pages = openPages(config.pages, {
    onChange(count) {
      log.info({ pages: count }, 'the Pages were read again');
      watch.look();
    },
    onProblem: (reason) => log.error({ reason }, 'the Pages of before hold'),
  });
  const queue = createQueue({ redis, ...config.queue });
  const registry = createRegistry();
  const figures = (): ReturnType<KeptHistory['figures']> => history.figures();
  const observer = createHistoryMetrics({ registry, log, complain, figures });
  const history = openHistory({ ...config.history, redis, clock: systemClock, observer });
  const kept = { queue, sessions: createRedisSessionStore({ redis }), history, clock: systemClock };
  const observed = observeCalls(registry, () => systemClock.monotonic());
  const sender = createPageSender({
    ...common,
    pages,
    middlewares: [observed],
    onFailed: (pageId, error) => watch.failed(pageId, error),
    onSent: (pageId) => watch.sent(pageId),
  });
  const pageLog = createPageLog(log, complain);
  const watch: PageWatch = createPageWatch({
    pages,
    records: createPageRecords(redis),
    graphOf: (page) => openPageGraph(page, { ...common, pipeline: [observed] }),
    fields: neededFields,
    listener: {
      ...pageLog,
      // By each worker, once it has forgotten the trouble: a conversation that had met one that had
      // not yet would wait for as long as that one's client holds calls back.
      settled(pageId) {
        sender.forget(pageId);
        queue.hasten(`${pageId}:`).catch((error: unknown) => pageLog.failed(pageId, error));
      },
    },
    clock: systemClock,
  });
  addPageMetrics(registry, () => watch.read());
  addQueueMetrics(registry, () => queue.figures());
  const metrics = createWorkerMetrics({
    registry,
    log,
    complain,
    pseudonyms,
    running: () => worker.running,
    now: () => systemClock.now(),
  });
  const worker: Worker = createWorker({
    redis,
    ...config.queue,
    concurrency: config.concurrency,
    handle: traceTurns(
      withForgetting(
        createTurns({
          ...kept,
          bot: createConversation(),
          sender,
          onRefused: metrics.onRefused,
          onHeard: (pageId) => watch.heard(pageId),
        }),
        { ...kept, redis, pages, graph: common },
      ),
      pseudonyms,
    ),
    // A dead token costs no event: its Page's lanes wait.
    retry: { isOutage: isPageTrouble },
    // An echo comes within a second or two; without one the reply is sent again.
    steps: { confirmWithinMs: 5_000 },
    observer: metrics.observer,
  });

  const trouble = (): string | undefined =>
    redis.status === 'ready' ? undefined : `Redis is ${redis.status}`;
  const health = createHttp({ log, closing: 'all' });
  addHealth(health, { trouble, registry });
  const { boardPassword: password } = config;
  const open = (): ReturnType<typeof openJobQueues> => openJobQueues({ redis, ...config.queue });
  await addBoard(health, { password, trouble, open });
  await addInsights(health, { password, reports: history.reports, clock: systemClock });

  async function close(): Promise<void> {
    await worker.close();
    await watch.close();
    await Promise.all([queue.close(), transport.close(), health.close(), history.close()]);
    pages.close();
    redis.disconnect();
  }
  try {
    const address = await health.listen({ port: config.port, host: config.host });
    return { address, close };
  } catch (error) {
    await close();
    throw error;
  }
}
