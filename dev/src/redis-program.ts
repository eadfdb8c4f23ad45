import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { unpackDebianPackage } from './debian-packages.ts';
import type { Environment } from './environment.ts';
import { findExecutable, isExecutable, output } from './executables.ts';
import { cacheFolder, privateFolder } from './folders.ts';
import { SetupError } from './setup-error.ts';

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
  const cache = join(cacheFolder(environment), `redis-${process.platform}-${process.arch}`);
  return (await unpacked(cache)) ?? (await unpack(cache, options));
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
  const libraries = join(folder, 'usr', 'lib');
  const entries = await readdir(libraries, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const paths = [libraries, ...folders.map((name) => join(libraries, name))];
  return probe(path, { LD_LIBRARY_PATH: paths.join(':') });
}

/** Into a folder of our own first, then a rename: two starts at once do not meet half a Redis. */
async function unpack(
  cache: string,
  { environment, signal }: FindRedisOptions,
): Promise<RedisProgram> {
  const hint = 'install it (macOS: brew install redis; Debian: apt-get install redis-server)';
  if ((await findExecutable(['apt-get'], environment)) === undefined) {
    throw new SetupError(`Redis 6.2 or newer is missing: ${hint} and start again.`);
  }
  const work = `${cache}-${process.pid}`;
  const into = join(work, 'root');
  const scratch = join(work, 'downloads');
  try {
    await privateFolder(into);
    await mkdir(scratch);
    await unpackDebianPackage({ name: 'redis-server', into, scratch, environment, signal });
    if ((await unpacked(into)) === undefined) throw new Error('the unpacked server does not run');
    if ((await unpacked(cache)) === undefined) {
      await rm(cache, { recursive: true, force: true });
      // Somebody else may have been faster; what counts is that a server is there.
      await rename(into, cache).catch(() => {});
    }
    const program = await unpacked(cache);
    if (program === undefined) throw new Error(`${cache} cannot be written`);
    return program;
  } catch (error) {
    signal?.throwIfAborted();
    throw new SetupError(`Redis could not be fetched (${reason(error)}): ${hint}.`, {
      cause: error,
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The line that says most: apt's own errors start with `E:`. */
function reason(error: unknown): string {
  const { stderr = '', message } = error as { stderr?: string; message: string };
  return /^E: (.*)$/m.exec(stderr)?.[1] ?? message.split('\n', 1)[0] ?? message;
}
