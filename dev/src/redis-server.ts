import { rm } from 'node:fs/promises';
import { type Child, startChild } from './child.ts';
import { poll } from './clock.ts';
import { currentEnvironment, type Environment } from './environment.ts';
import { privateFolder, temporaryFolder } from './folders.ts';
import { createGuard, type Guard } from './guard.ts';
import { claimFolder, requireUnclaimed } from './folder-claim.ts';
import { freePort } from './ports.ts';
import { answersPing } from './redis-command.ts';
import { findRedisServer, type RedisProgram } from './redis-program.ts';
import { newSecret } from './secrets.ts';
import { SetupError } from './setup-error.ts';

/** A private Redis of our own. */
export interface RedisServer {
  /** For `REDIS_URL`: a port of 127.0.0.1 and a random password. The same after a restart. */
  readonly url: string;
  /** For people: `Redis 7.0.15`. */
  readonly version: string;
  /** Of the process that runs now, or ran last. */
  readonly pid: number;
  /** Where its data is. */
  readonly dir: string;
  /** Resolves when the process ends without having been asked to; stays open otherwise. */
  readonly died: Promise<Child>;
  /** Sends the signal and waits for the end. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Ends it if it runs, and starts it again on the same port with the same data. */
  restart(): Promise<void>;
  /** Stops it; removes the folder unless it was given. May be called again. */
  close(): Promise<void>;
}

/** What `startRedis` takes. */
export interface RedisOptions {
  /** Ends the start, not the server. */
  readonly signal?: AbortSignal;
  /** When a write counts as done. Default `always`: promise P1 needs it. */
  readonly appendfsync?: 'always' | 'everysec';
  /** Whether it keeps anything over a restart. Default `yes`; `no` shows what that costs. */
  readonly appendonly?: 'yes' | 'no';
  /** A lasting folder for the data. Default: a temporary one, gone after `close`. */
  readonly dir?: string;
  /** Ends the server when this process dies. Default: one of its own. */
  readonly guard?: Guard;
  /** Default: this process's. */
  readonly environment?: Environment;
}

const READY_MS = 30_000;
const STARTS = 3;

/**
 * Starts a Redis that nobody else uses: its own folder, port and password, writes on disk before
 * they are answered. Fetches the server when this machine has none. Ready when it answers.
 *
 * @throws SetupError when no server can be had.
 *
 * @example
 * ```ts
 * const redis = await startRedis();
 * const queue = createQueue({ redis: connectRedis({ url: redis.url, role: 'producer' }) });
 * await redis.close();
 * ```
 */
export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const { signal, environment = currentEnvironment() } = options;
  const program = await findRedisServer({ environment, signal });
  const dir = await (options.dir === undefined
    ? temporaryFolder('redis')
    : privateFolder(options.dir));
  const server = new PrivateRedis(program, dir, options);
  try {
    await server.start();
  } catch (error) {
    await server.close();
    throw error;
  }
  return server;
}

class PrivateRedis implements RedisServer {
  readonly version: string;
  readonly dir: string;
  readonly #program: RedisProgram;
  readonly #options: RedisOptions;
  readonly #guard: Guard;
  readonly #password = newSecret();
  readonly #died = Promise.withResolvers<Child>();
  #port = 0;
  #child: Child | undefined;
  #closed: Promise<void> | undefined;

  constructor(program: RedisProgram, dir: string, options: RedisOptions) {
    this.version = program.version;
    this.dir = dir;
    this.#program = program;
    this.#options = options;
    this.#guard = options.guard ?? createGuard();
  }

  get url(): string {
    return `redis://:${this.#password}@127.0.0.1:${this.#port}`;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get died(): Promise<Child> {
    return this.#died.promise;
  }

  /** On a free port; on another one if somebody was faster. */
  async start(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      this.#port = await freePort();
      const child = await this.#run();
      if (child === undefined) return;
      const lost = child.tail().some((line) => /already in use/i.test(line));
      if (!lost || attempt === STARTS) throw failure(child);
    }
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    await this.#child?.kill(signal);
  }

  async restart(): Promise<void> {
    await this.#child?.stop();
    const child = await this.#run();
    if (child !== undefined) throw failure(child);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#child?.stop();
    if (this.#options.guard === undefined) await this.#guard.close();
    if (this.#options.dir === undefined) await rm(this.dir, { recursive: true, force: true });
  }

  /** Undefined once it answers; the process when it ended instead. */
  async #run(): Promise<Child | undefined> {
    const { dir, signal } = this.#options;
    await requireUnclaimed(this.dir);
    const child = await startChild({
      name: 'Redis',
      command: this.#program.path,
      args: ['-'],
      // Over standard input: arguments can be read by every user of this machine.
      input: this.#configuration(),
      env: this.#program.env,
      cwd: this.dir,
      guard: this.#guard,
      last: true,
      ...(dir === undefined ? { folder: this.dir } : {}),
    });
    this.#child = child;
    await claimFolder(this.dir, child.pid);
    let ended = false;
    void child.exited.then(() => (ended = true));
    const address = { port: this.#port, password: this.#password };
    const ready = await poll(async () => ended || (await answersPing(address)), {
      timeoutMs: READY_MS,
      everyMs: 10,
      signal,
    });
    if (!ready) await child.stop();
    if (ended) return child;
    void child.exited.then((exit) => exit.expected || this.#died.resolve(child));
    return undefined;
  }

  #configuration(): string {
    const lines = [
      'bind 127.0.0.1',
      `port ${this.#port}`,
      `requirepass ${this.#password}`,
      `dir ${JSON.stringify(this.dir)}`,
      'maxmemory-policy noeviction',
      `appendonly ${this.#options.appendonly ?? 'yes'}`,
      `appendfsync ${this.#options.appendfsync ?? 'always'}`,
      'save ""',
      'daemonize no',
    ];
    return lines.join('\n');
  }
}

function failure(child: Child): SetupError {
  const last = child.tail().findLast((line) => line.trim() !== '') ?? 'it said nothing';
  return new SetupError(`Redis did not start: ${last}`);
}
