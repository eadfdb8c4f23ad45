import { checkPage, runCommand } from '@bot/command';
import { createGraphClient, createTransport } from '@bot/graph-client';
import { syncProfile } from '@bot/handlers';
import { listPages } from '@bot/pages';
import { connectRedis, createQueue, inspectRedis } from '@bot/queue';
import { readConfig } from './config.ts';
import { profile as wanted } from './conversation/profile.ts';

/** The operators' command, in the environment of the worker. */
await runCommand({
  open(environment) {
    const { redisUrl: url, pages: source, ...config } = readConfig(environment);
    const { appSecret, graphUrl: baseUrl, graphVersion: version } = config;
    const transport = createTransport();
    const pages = listPages(source).map(({ pageId, name, ...settings }) => {
      const common = { appSecret, pageId, baseUrl, version, transport };
      const graph = createGraphClient({ ...common, ...settings });
      return { pageId, name, graph };
    });
    return {
      connect() {
        const connection = connectRedis({ url, role: 'producer' });
        const queue = createQueue({ redis: connection });
        return { connection, queue, inspect: () => inspectRedis(connection) };
      },
      pages: pages.map(({ graph, ...page }) => ({
        ...page,
        check: (options) => checkPage(graph, { ...page, ...options }),
        syncMenu: (options) => syncProfile({ profile: graph.profile, wanted, ...options }),
      })),
      pageStatus: async () => pages.map(({ pageId, name }) => ({ pageId, name })),
      close: () => transport.close(),
    };
  },
});
