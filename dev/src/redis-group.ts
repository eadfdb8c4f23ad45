import { type Certificate, newCertificate } from './certificate.ts';
import { poll } from './clock.ts';
import { currentEnvironment, type Environment } from './environment.ts';
import { temporaryFolder } from './folders.ts';
import { createGuard, type Guard } from './guard.ts';
import { RedisNode, type RedisNodeOptions } from './redis-node.ts';
import { findRedisServer, type RedisProgram } from './redis-program.ts';
import { newSecret } from './secrets.ts';
import { SetupError } from './setup-error.ts';

/** What every topology of several servers takes. */
export interface RedisGroupOptions {
  /** Whether all of them speak TLS. Default false. */
  readonly tls?: boolean;
  /** Ends the start, not the servers. */
  readonly signal?: AbortSignal;
  /** Default: this process's. */
  readonly environment?: Environment;
}

const AGREED_MS = 30_000;

/** Servers that share a program, a password, a certificate and a guard. */
export class RedisGroup {
  readonly password: string = newSecret();
  readonly nodes: RedisNode[] = [];
  readonly #program: RedisProgram;
  readonly #certificate: Certificate | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #guard: Guard = createGuard();
  #closed: Promise<void> | undefined;

  private constructor(
    program: RedisProgram,
    certificate: Certificate | undefined,
    signal: AbortSignal | undefined,
  ) {
    this.#program = program;
    this.#certificate = certificate;
    this.#signal = signal;
  }

  /** A group whose servers `fill` starts; all of them are closed when it fails. */
  static async start(
    options: RedisGroupOptions,
    fill: (group: RedisGroup) => Promise<void>,
  ): Promise<RedisGroup> {
    const { tls, signal, environment = currentEnvironment() } = options;
    const program = await findRedisServer({ environment, signal });
    const group = new RedisGroup(program, tls ? await newCertificate() : undefined, signal);
    try {
      await fill(group);
    } catch (error) {
      await group.close();
      throw error;
    }
    return group;
  }

  get certificate(): string | undefined {
    return this.#certificate?.certificate;
  }

  /** Starts one more server. */
  async add(own: Pick<RedisNodeOptions, 'settings' | 'sentinel'>): Promise<RedisNode> {
    const node = new RedisNode({
      ...own,
      program: this.#program,
      guard: this.#guard,
      password: this.password,
      dir: await temporaryFolder('redis'),
      temporary: true,
      certificate: this.#certificate,
      signal: this.#signal,
    });
    this.nodes.push(node);
    await node.start();
    return node;
  }

  /** @throws SetupError when the answer is not yes within 30 s. */
  async until(what: string, ask: () => Promise<boolean>): Promise<void> {
    const limits = { timeoutMs: AGREED_MS, everyMs: 50, signal: this.#signal };
    if (!(await poll(ask, limits))) throw new SetupError(`Redis did not get so far: ${what}.`);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.close()));
    await this.#guard.close();
  }
}
