import { basename, join } from 'node:path';
import { debianProgram, libraryPath } from './debian-program.ts';
import type { Environment } from './environment.ts';
import { findExecutable, isExecutable, output } from './executables.ts';
import { cacheFolder } from './folders.ts';

/** A Redis server that can be run on this machine. */
export interface RedisProgram {
  readonly path: string;
  /** What it needs besides; nothing of the caller's environment. */
  readonly env: Environment;
  /** For people: `Redis 7.0.15`. */
  readonly version: string;
}

export interface FindRedisOptions {
  readonly environment: Environment;
  readonly signal?: AbortSignal | undefined;
}

/** BullMQ's floor: docs.bullmq.io/guide/redis-tm-compatibility. */
const OLDEST = [6, 2] as const;

/**
 * Finds a Valkey or Redis server: on the PATH, else one unpacked here earlier, else Debian's
 * package, unpacked into the cache without touching the system.
 *
 * @throws SetupError with one line that says what to install.
 */
export async function findRedisServer(options: FindRedisOptions): Promise<RedisProgram> {
  const { environment } = options;
  for (const name of ['valkey-server', 'redis-server']) {
    const path = await findExecutable([name], environment);
    const program = path === undefined ? undefined : await probe(path, {});
    if (program !== undefined) return program;
  }
  return debianProgram({
    ...options,
    name: 'redis-server',
    title: 'Redis',
    oldest: OLDEST.join('.'),
    hint: 'macOS: brew install redis; Debian: apt-get install redis-server',
    cache: join(cacheFolder(environment), `redis-${process.platform}-${process.arch}`),
    find: unpacked,
  });
}

/** Runs it once: a program that is too old, or lacks a library, does not count. */
async function probe(path: string, env: Environment): Promise<RedisProgram | undefined> {
  const said = await output(path, ['--version'], env);
  const [, version = ''] = /\bv=([\d.]+)/.exec(said ?? '') ?? [];
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  const name = basename(path).startsWith('valkey') ? 'Valkey' : 'Redis';
  return fits ? { path, env, version: `${name} ${version}` } : undefined;
}

/** The program in a folder that Debian packages were unpacked into. */
async function unpacked(folder: string): Promise<RedisProgram | undefined> {
  const path = join(folder, 'usr', 'bin', 'redis-server');
  if (!(await isExecutable(path))) return undefined;
  return probe(path, { LD_LIBRARY_PATH: await libraryPath(folder) });
}
