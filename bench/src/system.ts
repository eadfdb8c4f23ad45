import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startRedis, startStack } from '@bot/dev';
import { cpuSeconds } from './cpu.ts';

/** What runs, and where Meta delivers. */
export interface System {
  readonly name: string;
  readonly webhookUrl: string;
  readonly appSecret: string;
  /** Process ids, by what they are. */
  readonly processes: Readonly<Record<string, number>>;
  /** Absent when it has none. */
  readonly redisUrl?: string;
  close(): Promise<void>;
}

/** As the images start Node. */
const asImages = '--max-semi-space-size=64';

/** CPU seconds that each process of these has used so far. */
export function cpuOf({ processes }: System): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(processes).map(([name, pid]) => [name, cpuSeconds(pid)]),
  );
}

/** Both apps as they are deployed, with every promise on. */
export async function startOwn(graphUrl: string, workers = 1): Promise<System> {
  const stack = await startStack({
    logLevel: 'error',
    emulator: false,
    workers,
    environment: { ...process.env, GRAPH_API_URL: graphUrl, NODE_OPTIONS: asImages },
  });
  const { redis, redisUrl, webhookUrl, credentials } = stack;
  if (redis === undefined) throw new Error('The stack has no Redis of its own.');
  const pids = Array.from({ length: workers }, (_, index): [string, number] => [
    index === 0 ? 'worker' : `worker ${index + 1}`,
    stack.pid('worker', index),
  ]);
  return {
    name: 'ours',
    webhookUrl,
    appSecret: credentials.appSecret,
    processes: { webhook: stack.pid('webhook'), ...Object.fromEntries(pids), Redis: redis.pid },
    redisUrl,
    close: () => stack.close(),
  };
}

/** The reference design as written; its Redis keeps nothing over a restart, as nothing asks it to. */
export async function startReference(graphUrl: string): Promise<System> {
  const redis = await startRedis({ appendonly: 'no' });
  const env = { REDIS_URL: redis.url, GRAPH_API_URL: graphUrl, PAGE_ACCESS_TOKEN: 'bench' };
  const [webhook, webhookUrl] = await start('reference/webhook', env);
  const [worker] = await start('reference/worker', env);
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

/** The least webhook that checks the signature; it keeps nothing. */
export async function startBare(): Promise<System> {
  const appSecret = 'bench-secret';
  const env = { APP_SECRET: appSecret, NODE_OPTIONS: asImages };
  const [webhook, webhookUrl] = await start('bare/fastify', env);
  return {
    name: 'bare Fastify',
    webhookUrl,
    appSecret,
    processes: { webhook: webhook.pid ?? 0 },
    close: async () => webhook.disconnect(),
  };
}

/** A process of ours; it says where it is once it is ready. */
async function start(name: string, env: NodeJS.ProcessEnv): Promise<[ChildProcess, string]> {
  const child = fork(fileURLToPath(new URL(`${name}.ts`, import.meta.url)), {
    env: { NODE_ENV: 'production', ...env },
  });
  const [said] = (await once(child, 'message')) as [string];
  return [child, said];
}
