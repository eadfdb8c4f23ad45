import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certificate } from './certificate.ts';
import { type Child, startChild } from './child.ts';
import { poll } from './clock.ts';
import { claimFolder, requireUnclaimed } from './folder-claim.ts';
import type { Guard } from './guard.ts';
import { freePort } from './ports.ts';
import { answersPing, askRedis } from './redis-command.ts';
import type { RedisProgram } from './redis-program.ts';
import { SetupError } from './setup-error.ts';

/** A private Redis of our own. */
export interface RedisServer {
  /** For `REDIS_URL`: a port of 127.0.0.1 and a random password. The same after a restart. */
  readonly url: string;
  /** PEM of the certificate to trust, when it speaks TLS. */
  readonly certificate: string | undefined;
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

/** How one server is to run. */
export interface RedisNodeOptions {
  readonly program: RedisProgram;
  readonly guard: Guard;
  /** Whether the guard ends with it. */
  readonly ownGuard?: boolean;
  readonly password: string;
  readonly dir: string;
  /** Whether the folder is removed at the end. */
  readonly temporary: boolean;
  /** To speak TLS, and nothing else. */
  readonly certificate?: Certificate | undefined;
  /** Lines of the configuration besides those that every server has. Asked before each new port. */
  readonly settings: () => Promise<readonly string[]>;
  /** A command that the server is started by; it must become the server's process. */
  readonly through?: readonly string[] | undefined;
  /** Whether it watches over others (`--sentinel`) instead of keeping data. */
  readonly sentinel?: boolean;
  /** Ends the start, not the server. */
  readonly signal?: AbortSignal | undefined;
}

const READY_MS = 30_000;
const STARTS = 3;

/** One process of Redis. `start` before all else. */
export class RedisNode implements RedisServer {
  readonly #options: RedisNodeOptions;
  readonly #died = Promise.withResolvers<Child>();
  #port = 0;
  #settings: readonly string[] = [];
  #child: Child | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: RedisNodeOptions) {
    this.#options = options;
  }

  get url(): string {
    const scheme = this.certificate === undefined ? 'redis' : 'rediss';
    return `${scheme}://:${this.#options.password}@127.0.0.1:${this.#port}`;
  }

  get certificate(): string | undefined {
    return this.#options.certificate?.certificate;
  }

  get port(): number {
    return this.#port;
  }

  get version(): string {
    return this.#options.program.version;
  }

  get dir(): string {
    return this.#options.dir;
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
      this.#settings = await this.#options.settings();
      await this.#writeFiles();
      const child = await this.#run();
      if (child === undefined) return;
      const lost = child.tail().some((line) => /already in use/i.test(line));
      if (!lost || attempt === STARTS) throw failure(child);
    }
  }

  /** One command, whose reply must be no list. */
  ask(...words: string[]): Promise<string> {
    const { password } = this.#options;
    const { certificate } = this;
    return askRedis({ port: this.#port, password, certificate }, ...words);
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
    const { guard, ownGuard, temporary } = this.#options;
    // One that waits for a replica, or writes its file anew, takes 10 s to end in order.
    await (temporary ? this.#child?.kill('SIGKILL') : this.#child?.stop());
    if (ownGuard) await guard.close();
    if (temporary) await rm(this.dir, { recursive: true, force: true });
  }

  /** Undefined once it answers; the process when it ended instead. */
  async #run(): Promise<Child | undefined> {
    const { program, guard, password, sentinel, signal, temporary, through = [] } = this.#options;
    const [command, ...before] = [...through, program.path];
    const what = sentinel ? [this.#file('sentinel.conf'), '--sentinel'] : ['-'];
    await requireUnclaimed(this.dir);
    const child = await startChild({
      name: sentinel ? 'Redis Sentinel' : 'Redis',
      command,
      args: [...before, ...what],
      // Over standard input: arguments can be read by every user of this machine. A Sentinel
      // insists on a file, in which it keeps what it has learned.
      ...(sentinel ? {} : { input: this.#configuration() }),
      env: program.env,
      cwd: this.dir,
      guard,
      last: true,
      ...(temporary ? { folder: this.dir } : {}),
    });
    this.#child = child;
    await claimFolder(this.dir, child.pid);
    let ended = false;
    void child.exited.then(() => (ended = true));
    const address = { port: this.#port, password, certificate: this.certificate };
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

  async #writeFiles(): Promise<void> {
    const { certificate, sentinel } = this.#options;
    const write = (name: string, text: string): Promise<void> =>
      writeFile(this.#file(name), text, { mode: 0o600 });
    if (certificate !== undefined) {
      await write('certificate.pem', certificate.certificate);
      await write('key.pem', certificate.key);
    }
    if (sentinel) await write('sentinel.conf', this.#configuration());
  }

  #file(name: string): string {
    return join(this.dir, name);
  }

  #configuration(): string {
    const { password, certificate } = this.#options;
    const tls = [
      'port 0',
      `tls-port ${this.#port}`,
      `tls-cert-file ${JSON.stringify(this.#file('certificate.pem'))}`,
      `tls-key-file ${JSON.stringify(this.#file('key.pem'))}`,
      `tls-ca-cert-file ${JSON.stringify(this.#file('certificate.pem'))}`,
      'tls-auth-clients no',
      'tls-replication yes',
      'tls-cluster yes',
    ];
    const lines = [
      'bind 127.0.0.1',
      ...(certificate === undefined ? [`port ${this.#port}`] : tls),
      `requirepass ${password}`,
      `dir ${JSON.stringify(this.dir)}`,
      'daemonize no',
      ...this.#settings,
    ];
    return lines.join('\n');
  }
}

function failure(child: Child): SetupError {
  const last = child.tail().findLast((line) => line.trim() !== '') ?? 'it said nothing';
  return new SetupError(`${child.name} did not start: ${last}`);
}

/** The settings of a server that keeps what it is given, as promise P1 needs it. */
export function keepingSettings({
  appendonly = 'yes',
  appendfsync = 'always',
}: {
  readonly appendonly?: 'yes' | 'no' | undefined;
  readonly appendfsync?: 'always' | 'everysec' | undefined;
} = {}): string[] {
  return [
    'maxmemory-policy noeviction',
    `appendonly ${appendonly}`,
    `appendfsync ${appendfsync}`,
    'save ""',
  ];
}
