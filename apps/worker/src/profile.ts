/* oxlint-disable no-console -- the command's own output */
import { parseArgs } from 'node:util';
import { createGraphClient } from '@bot/graph-client';
import { syncProfile } from '@bot/handlers';
import { listPages } from '@bot/pages';
import { readConfig } from './config.ts';
import { profile as wanted } from './conversation/profile.ts';

/** Brings menu, greeting and Get Started to each Page: shows what would change, and changes it with `--apply`. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { apply: { type: 'boolean', default: false } } });
  const { appSecret, graphUrl: baseUrl, graphVersion: version, pages } = readConfig(process.env);
  for (const { pageId, ...page } of listPages(pages)) {
    if (pageId !== undefined) console.log(`Page ${page.name ?? pageId}:`);
    const graph = createGraphClient({ appSecret, ...page, pageId, baseUrl, version });
    try {
      const { profile } = graph;
      const changes = await syncProfile({
        profile,
        wanted,
        apply: values.apply,
        print: console.log,
      });
      if (changes.length > 0 && !values.apply) console.log('Nothing was changed: add --apply.');
    } finally {
      await graph.close();
    }
  }
}

try {
  await main();
} catch (error) {
  console.error(`profile: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
