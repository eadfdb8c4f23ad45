import type { Emulator, EmulatorOptions } from '@bot/emulator';
import { type Application, startApplication } from './applications.ts';
import type { Child } from './child.ts';
import { currentEnvironment, type Environment } from './environment.ts';
import { createGuard, type Guard } from './guard.ts';
import { withOwn } from './own-variables.ts';
import { freePort } from './ports.ts';
import type { RedisServer } from './redis-node.ts';
import { type RedisOptions, startRedis } from './redis-server.ts';
import { newSecret } from './secrets.ts';

/** What Meta and we share; made up anew for each local start. */
export interface Credentials {
  readonly pageAccessToken: string;
  readonly appSecret: string;
  readonly verifyToken: string;
}

/** What `startStack` takes; every option has a default. */
export interface StackOptions {
  /** Port of the webhook. Default: a free one. */
  readonly webhookPort?: number;
  /** Port of the first worker; the others take free ones. Default: a free one. */
  readonly workerPort?: number;
  /** How many worker processes. Default 1. */
  readonly workers?: number;
  /** `LOG_LEVEL` of the apps. Default `info`. */
  readonly logLevel?: string;
  /** `PAGES_FILE` of the workers, instead of one Page's token. */
  readonly pagesFile?: string;
  /** Default: made up. */
  readonly credentials?: Credentials;
  /**
   * Options of the local Messenger; `false` for none, so that the worker talks to
   * `GRAPH_API_URL`. Default: one on a free port.
   */
  readonly emulator?: Partial<EmulatorOptions> | false;
  /** A Redis that is there already. Default: a private one. */
  readonly redisUrl?: string;
  /** `DATABASE_URL` of the workers. Default: the environment's, else what is said is not kept. */
  readonly databaseUrl?: string;
  /** `BOARD_PASSWORD` of the workers. Default: the environment's, else their pages are not there. */
  readonly boardPassword?: string | undefined;
  /** For the private Redis. */
  readonly redis?: Pick<RedisOptions, 'appendfsync' | 'dir'>;
  /** What programs are searched with and the apps inherit. Default: this process's. */
  readonly environment?: Environment;
  /** Ends the start, not the stack. */
  readonly signal?: AbortSignal;
  /** Is told each line that an app prints. */
  readonly onLine?: (line: string, name: string) => void;
}

/** Everything running: Redis, the webhook, the workers and the local Messenger. */
export interface Stack {
  readonly credentials: Credentials;
  readonly redisUrl: string;
  /** Absent when a `redisUrl` was given. */
  readonly redis: RedisServer | undefined;
  /** Absent when it was switched off. */
  readonly emulator: Emulator | undefined;
  /** Where deliveries go. */
  readonly webhookUrl: string;
  /** One for each worker, for health and metrics. */
  readonly workerUrls: readonly string[];
  /** Resolves when a process ends without having been asked to; stays open otherwise. */
  readonly died: Promise<Child>;
  /** Number of the process of the webhook, or of a worker (0 is the first). */
  pid(app: 'webhook' | 'worker', index?: number): number;
  /** Sends the signal to the webhook, or to a worker (0 is the first), and waits for the end. */
  kill(app: 'webhook' | 'worker', signal: NodeJS.Signals, index?: number): Promise<void>;
  /** Stops the app if it runs, starts it again on its port, and waits until it is ready. */
  restart(app: 'webhook' | 'worker', index?: number): Promise<void>;
  /** Stops in order: webhook, workers (they finish their turns), emulator, Redis. */
  close(): Promise<void>;
}

/** The Page of the local Messenger. */
const PAGE_ID = '100000000000001';

/**
 * Starts the whole path on this machine, from what `pnpm build` built.
 *
 * @throws SetupError when a part cannot be started; what was started is stopped again.
 *
 * @example
 * ```ts
 * const stack = await startStack({ workers: 2 });
 * stack.emulator?.say('6174920385517204', 'xin chào');
 * await stack.kill('worker', 'SIGKILL');
 * await stack.restart('worker');
 * await stack.close();
 * ```
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const stack = new RunningStack(options);
  try {
    await stack.start();
  } catch (error) {
    await stack.close();
    throw error;
  }
  return stack;
}

class RunningStack implements Stack {
  readonly credentials: Credentials;
  readonly #options: StackOptions;
  readonly #environment: Environment;
  readonly #guard: Guard = createGuard();
  readonly #died = Promise.withResolvers<Child>();
  readonly #ports = new Map<string, number>();
  readonly #apps = new Map<string, Application>();
  redis: RedisServer | undefined;
  emulator: Emulator | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: StackOptions) {
    this.#options = options;
    this.#environment = options.environment ?? currentEnvironment();
    this.credentials = options.credentials ?? {
      pageAccessToken: newSecret(),
      appSecret: newSecret(),
      verifyToken: newSecret(),
    };
  }

  get redisUrl(): string {
    return this.#options.redisUrl ?? this.redis?.url ?? '';
  }

  get webhookUrl(): string {
    return `http://127.0.0.1:${this.#ports.get('webhook')}/webhook`;
  }

  get workerUrls(): readonly string[] {
    return this.#workers().map((name) => `http://127.0.0.1:${this.#ports.get(name)}`);
  }

  get died(): Promise<Child> {
    return this.#died.promise;
  }

  async start(): Promise<void> {
    const { redis, redisUrl, signal, webhookPort, workerPort } = this.#options;
    for (const name of ['webhook', ...this.#workers()]) {
      const wanted = name === 'webhook' ? webhookPort : name === 'worker' ? workerPort : undefined;
      this.#ports.set(name, wanted ?? (await freePort()));
    }
    if (redisUrl === undefined) {
      const environment = this.#environment;
      const own = signal === undefined ? {} : { signal };
      this.redis = await startRedis({ ...redis, ...own, environment, guard: this.#guard });
      void this.redis.died.then((child) => this.#died.resolve(child));
    }
    await this.#startEmulator();
    await Promise.all(['webhook', ...this.#workers()].map((name) => this.#startApp(name)));
  }

  pid(app: 'webhook' | 'worker', index = 0): number {
    return this.#apps.get(nameOf(app, index))?.process.pid ?? 0;
  }

  async kill(app: 'webhook' | 'worker', signal: NodeJS.Signals, index = 0): Promise<void> {
    await this.#apps.get(nameOf(app, index))?.process.kill(signal);
  }

  async restart(app: 'webhook' | 'worker', index = 0): Promise<void> {
    const name = nameOf(app, index);
    await this.#apps.get(name)?.process.stop();
    await this.#startApp(name);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    // Deliveries still under way fail and are not waited for; accepted events stay in Redis.
    await this.#apps.get('webhook')?.process.stop();
    await Promise.all(this.#workers().map(async (name) => this.#apps.get(name)?.process.stop()));
    await this.emulator?.close();
    await this.redis?.close();
    await this.#guard.close();
  }

  #workers(): string[] {
    return Array.from({ length: this.#options.workers ?? 1 }, (_, index) =>
      nameOf('worker', index),
    );
  }

  async #startEmulator(): Promise<void> {
    const { emulator: own } = this.#options;
    if (own === false) return;
    // Loaded only now: built by the time it is needed, and not needed by those who want Redis.
    const { createEmulator } = await import('@bot/emulator');
    this.emulator = await createEmulator({
      webhookUrl: this.webhookUrl,
      appSecret: this.credentials.appSecret,
      verifyToken: this.credentials.verifyToken,
      pages: [{ id: PAGE_ID, accessToken: this.credentials.pageAccessToken }],
      requireProof: true,
      ...own,
    });
  }

  async #startApp(name: string): Promise<void> {
    const { boardPassword, databaseUrl, logLevel, onLine, pagesFile, signal } = this.#options;
    const app = name === 'webhook' ? 'webhook' : 'worker';
    const { appSecret, pageAccessToken, verifyToken } = this.credentials;
    const started = await startApplication({
      app,
      name,
      port: this.#ports.get(name) ?? 0,
      guard: this.#guard,
      signal,
      onLine,
      env: withOwn(this.#environment, {
        LOG_LEVEL: logLevel ?? 'info',
        REDIS_URL: this.redisUrl,
        // A private one has none.
        REDIS_REPLICAS: this.redis ? '' : undefined,
        APP_SECRET: appSecret,
        VERIFY_TOKEN: verifyToken,
        PAGE_ACCESS_TOKEN: pagesFile === undefined ? pageAccessToken : '',
        PAGES_FILE: pagesFile ?? '',
        GRAPH_API_URL: this.emulator?.url,
        DATABASE_URL: databaseUrl,
        BOARD_PASSWORD: boardPassword,
      }),
    });
    this.#apps.set(name, started);
    const { process: child } = started;
    void child.exited.then((exit) => exit.expected || this.#died.resolve(child));
  }
}

function nameOf(app: 'webhook' | 'worker', index: number): string {
  return index === 0 ? app : `${app}-${index + 1}`;
}
