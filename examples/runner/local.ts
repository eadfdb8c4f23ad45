import { startRedis } from '@bot/dev';
import { createEmulator } from '@bot/emulator';

/** Where a bot runs: with Meta, or with a Messenger of its own on this machine. */
export interface Surroundings {
  readonly port: number;
  readonly redisUrl: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly accessToken: string;
  /** Meta's when absent. */
  readonly graphUrl: string | undefined;
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** With the secrets of a Facebook app in the environment, Meta; else a local Messenger. */
export function openSurroundings(environment: Environment): Promise<Surroundings> {
  const port = Number(environment['PORT'] ?? 3000);
  return environment['PAGE_ACCESS_TOKEN'] === undefined
    ? startLocally(port, Number(environment['CHAT_PORT'] ?? 4000))
    : Promise.resolve(settingsOf(environment, port));
}

function settingsOf(environment: Environment, port: number): Surroundings {
  const setting = (name: string): string => {
    const value = environment[name];
    if (value === undefined) throw new Error(`Set ${name}: your app's dashboard has it.`);
    return value;
  };
  return {
    port,
    redisUrl: environment['REDIS_URL'] ?? 'redis://localhost:6379',
    appSecret: setting('APP_SECRET'),
    verifyToken: setting('VERIFY_TOKEN'),
    accessToken: setting('PAGE_ACCESS_TOKEN'),
    graphUrl: environment['GRAPH_API_URL'],
    close: async () => {},
  };
}

/** A Redis of its own, and a Messenger with a chat page. */
async function startLocally(port: number, chatPort: number): Promise<Surroundings> {
  const redis = await startRedis();
  const [appSecret, verifyToken, accessToken] = ['local-secret', 'local-verify', 'local-token'];
  const emulator = await createEmulator({
    webhookUrl: `http://127.0.0.1:${port}/webhook`,
    port: chatPort,
    pages: [{ id: '100000000000001', accessToken }],
    appSecret,
    verifyToken,
  }).catch(async (error: unknown) => {
    await redis.close();
    throw error;
  });
  console.log(`Chat page: ${emulator.url}   (Ctrl-C ends)`);
  return {
    port,
    redisUrl: redis.url,
    appSecret,
    verifyToken,
    accessToken,
    graphUrl: emulator.url,
    async close() {
      await emulator.close();
      await redis.close();
    },
  };
}
