import { runCommand } from '@bot/command';
import { createTransport } from '@bot/graph-client';
import { syncProfile } from '@bot/handlers';
import {
  checkPage,
  createPageRecords,
  listPages,
  neededFields as fields,
  openPageGraph,
  statusOf,
} from '@bot/pages';
import { connectRedis, createQueue, createShardMove, inspectRedis, systemClock } from '@bot/queue';
import { readConfig } from './config.ts';
import { profile as wanted } from './conversation/profile.ts';

/** The operators' command, in the environment of the worker. */
await runCommand({
  open(environment) {
    const { redisUrl: url, queue, pages: source, ...config } = readConfig(environment);
    const { appSecret, graphUrl: baseUrl, graphVersion: version } = config;
    const { shards } = queue;
    const transport = createTransport();
    const listed = listPages(source);
    const common = { appSecret, baseUrl, version, transport };
    return {
      connect() {
        const connection = connectRedis({ url, role: 'producer' });
        const records = createPageRecords(connection);
        return {
          connection,
          queue: createQueue({ redis: connection, ...queue }),
          shardMove:
            typeof shards === 'number'
              ? undefined
              : createShardMove({ redis: connection, ...queue, shards }),
          inspect: () => inspectRedis(connection),
          pageStatus: async () => statusOf(listed, await records.list()),
        };
      },
      pages: listed.map((page) => {
        const graph = openPageGraph(page, common);
        const { pageId, settings } = page;
        return {
          pageId,
          name: settings.name,
          check: (options) =>
            checkPage({ ...options, graph, pageId, fields, now: systemClock.now() }),
          syncMenu: (options) => syncProfile({ profile: graph.profile, wanted, ...options }),
        };
      }),
      close: () => transport.close(),
    };
  },
});
