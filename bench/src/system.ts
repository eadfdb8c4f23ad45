import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startRedis, startStack } from '@bot/dev';

/** A bot that runs: its processes, and where Meta delivers. */
export interface System {
  readonly name: string;
  readonly webhookUrl: string;
  readonly appSecret: string;
  /** Process ids, by what they are. */
  readonly processes: Readonly<Record<'webhook' | 'worker' | 'Redis', number>>;
  close(): Promise<void>;
}

/** Both apps as they are deployed, with every promise on. */
export async function startOwn(graphUrl: string): Promise<System> {
  const stack = await startStack({
    logLevel: 'error',
    emulator: false,
    environment: {
      ...process.env,
      GRAPH_API_URL: graphUrl,
      // As the images start them.
      NODE_OPTIONS: '--max-semi-space-size=64',
    },
  });
  const { redis, webhookUrl, credentials } = stack;
  if (redis === undefined) throw new Error('The stack has no Redis of its own.');
  return {
    name: 'ours',
    webhookUrl,
    appSecret: credentials.appSecret,
    processes: { webhook: stack.pid('webhook'), worker: stack.pid('worker'), Redis: redis.pid },
    close: () => stack.close(),
  };
}

/** The reference design as written; its Redis keeps nothing over a restart, as nothing asks it to. */
export async function startReference(graphUrl: string): Promise<System> {
  const redis = await startRedis({ appendonly: 'no' });
  const start = async (name: string): Promise<[ChildProcess, string]> => {
    const child = fork(fileURLToPath(new URL(`reference/${name}.ts`, import.meta.url)), {
      env: {
        NODE_ENV: 'production',
        REDIS_URL: redis.url,
        GRAPH_API_URL: graphUrl,
        PAGE_ACCESS_TOKEN: 'bench',
      },
    });
    const [said] = (await once(child, 'message')) as [string];
    return [child, said];
  };
  const [webhook, webhookUrl] = await start('webhook');
  const [worker] = await start('worker');
  return {
    name: 'reference design',
    webhookUrl,
    appSecret: 'unused',
    processes: { webhook: webhook.pid ?? 0, worker: worker.pid ?? 0, Redis: redis.pid },
    async close() {
      webhook.disconnect();
      worker.disconnect();
      await redis.close();
    },
  };
}
