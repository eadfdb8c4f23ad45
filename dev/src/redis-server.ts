import { newCertificate } from './certificate.ts';
import { currentEnvironment, type Environment } from './environment.ts';
import { privateFolder, temporaryFolder } from './folders.ts';
import { createGuard, type Guard } from './guard.ts';
import { keepingSettings, RedisNode, type RedisServer } from './redis-node.ts';
import { findRedisServer } from './redis-program.ts';
import { newSecret } from './secrets.ts';

/** What `startRedis` takes. */
export interface RedisOptions {
  /** Ends the start, not the server. */
  readonly signal?: AbortSignal;
  /** When a write counts as done. Default `always`: promise P1 needs it. */
  readonly appendfsync?: 'always' | 'everysec';
  /** Whether it keeps anything over a restart. Default `yes`; `no` shows what that costs. */
  readonly appendonly?: 'yes' | 'no';
  /** Whether it speaks TLS, with a certificate of its own. Default false. */
  readonly tls?: boolean;
  /** A command that the server is started by, like `nice`; it must become the server's process. */
  readonly through?: readonly string[];
  /** A lasting folder for the data. Default: a temporary one, gone after `close`. */
  readonly dir?: string;
  /** Ends the server when this process dies. Default: one of its own. */
  readonly guard?: Guard;
  /** Default: this process's. */
  readonly environment?: Environment;
}

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
  const temporary = options.dir === undefined;
  const dir = await (temporary ? temporaryFolder('redis') : privateFolder(options.dir));
  const server = new RedisNode({
    program,
    guard: options.guard ?? createGuard(),
    ownGuard: options.guard === undefined,
    password: newSecret(),
    dir,
    temporary,
    certificate: options.tls ? await newCertificate() : undefined,
    through: options.through,
    settings: async () => keepingSettings(options),
    signal,
  });
  try {
    await server.start();
  } catch (error) {
    await server.close();
    throw error;
  }
  return server;
}
