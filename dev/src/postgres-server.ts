import { chown, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';
import { runCommand } from './command.ts';
import { currentEnvironment, type Environment } from './environment.ts';
import { temporaryFolder } from './folders.ts';
import { createGuard, type Guard } from './guard.ts';
import { freePort } from './ports.ts';
import { findPostgres, type PostgresProgram } from './postgres-program.ts';
import { newSecret } from './secrets.ts';
import { SetupError } from './setup-error.ts';

/** A private PostgreSQL of our own. */
export interface PostgresServer {
  /** For `DATABASE_URL`: a port of 127.0.0.1 and a random password. The same after a restart. */
  readonly url: string;
  /** For people: `PostgreSQL 15.18`. */
  readonly version: string;
  /** Of the process that runs now, or ran last. */
  readonly pid: number;
  /** Sends the signal to the server's first process and waits for its end. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Ends it if it runs, and starts it again on the same port with the same data. */
  restart(): Promise<void>;
  /** Stops it and removes its folder. May be called again. */
  close(): Promise<void>;
}

/** What `startPostgres` takes. */
export interface PostgresOptions {
  /** Lines of its configuration, such as `fsync=off`. Default: none, so it keeps its promises. */
  readonly settings?: readonly string[];
  /** Default: this process's. */
  readonly environment?: Environment;
  /** Ends the start, not the server. */
  readonly signal?: AbortSignal;
}

const READY = 'database system is ready to accept connections';
const STARTS = 3;
const USER = 'bot';

/**
 * Starts a PostgreSQL that nobody else uses: its own temporary folder, port and password. Fetches
 * the server when this machine has none. Ready when it answers.
 *
 * @throws SetupError when no server can be had.
 *
 * @example
 * ```ts
 * const postgres = await startPostgres({ settings: ['fsync=off'] });
 * const database = openDatabase({ url: postgres.url });
 * await postgres.close();
 * ```
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const { signal, environment = currentEnvironment() } = options;
  const program = await findPostgres({ environment, signal });
  const server = new PostgresProcess(program, await temporaryFolder('postgres'), options.settings);
  try {
    await server.start();
  } catch (error) {
    await server.close();
    throw error;
  }
  return server;
}

class PostgresProcess implements PostgresServer {
  readonly #program: PostgresProgram;
  readonly #dir: string;
  readonly #settings: readonly string[];
  readonly #guard: Guard = createGuard();
  readonly #password = newSecret();
  #port = 0;
  #child: Child | undefined;
  #closed: Promise<void> | undefined;

  constructor(program: PostgresProgram, dir: string, settings: readonly string[] = []) {
    this.#program = program;
    this.#dir = dir;
    this.#settings = settings;
  }

  get url(): string {
    return `postgres://${USER}:${this.#password}@127.0.0.1:${this.#port}/postgres`;
  }

  get version(): string {
    return this.#program.version;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** On a free port; on another one if somebody was faster. */
  async start(): Promise<void> {
    await this.#initialise();
    for (let attempt = 1; ; attempt += 1) {
      this.#port = await freePort();
      const trouble = await this.#run();
      if (trouble === undefined) return;
      if (attempt === STARTS || !/could not create any TCP/.test(trouble)) {
        throw new SetupError(`PostgreSQL did not start: ${trouble}`);
      }
    }
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    await this.#child?.kill(signal);
  }

  async restart(): Promise<void> {
    await this.#child?.kill('SIGINT');
    const trouble = await this.#run();
    if (trouble !== undefined) throw new SetupError(`PostgreSQL did not start: ${trouble}`);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    // Ends at once and takes its other processes with it, which SIGKILL would leave behind.
    await this.#child?.kill('SIGQUIT');
    await this.#guard.close();
    await rm(this.#dir, { recursive: true, force: true });
  }

  async #initialise(): Promise<void> {
    const secret = join(this.#dir, 'password');
    await writeFile(secret, this.#password, { mode: 0o600 });
    const { user, env } = this.#program;
    if (user !== undefined) {
      for (const path of [this.#dir, secret]) await chown(path, user.uid, user.gid);
    }
    const { code, output } = await runCommand(
      this.#command('initdb', [
        '--pgdata',
        this.#data,
        '--username',
        USER,
        '--pwfile',
        secret,
        '--auth',
        'scram-sha-256',
        '--encoding',
        'UTF8',
        '--no-locale',
      ]),
      { environment: { ...env, LC_ALL: 'C' }, cwd: this.#dir },
    );
    if (code !== 0) throw new SetupError(`PostgreSQL could not make its folder: ${output}`);
  }

  /** Undefined once it answers; its last words when it ended instead. */
  async #run(): Promise<string | undefined> {
    const ready = Promise.withResolvers<true>();
    const settings = [
      `port=${this.#port}`,
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      ...this.#settings,
    ];
    const [command, ...args] = this.#command('postgres', [
      '-D',
      this.#data,
      ...settings.flatMap((setting) => ['-c', setting]),
    ]);
    const child = await startChild({
      name: 'PostgreSQL',
      command,
      args,
      env: { ...this.#program.env, LC_ALL: 'C' },
      cwd: this.#dir,
      guard: this.#guard,
      last: true,
      folder: this.#dir,
      onLine: (line) => line.includes(READY) && ready.resolve(true),
    });
    this.#child = child;
    const first = await Promise.race([ready.promise, child.exited]);
    return first === true ? undefined : child.tail().join(' ');
  }

  get #data(): string {
    return join(this.#dir, 'data');
  }

  #command(program: string, args: readonly string[]): [string, ...string[]] {
    const { bin, user } = this.#program;
    const [command, ...rest] = [...(user?.through ?? []), join(bin, program), ...args];
    return [command as string, ...rest];
  }
}
