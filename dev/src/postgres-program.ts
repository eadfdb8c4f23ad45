import { readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { debianProgram, libraryPath } from './debian-program.ts';
import type { Environment } from './environment.ts';
import { findExecutable, isExecutable, output } from './executables.ts';
import { cacheFolder } from './folders.ts';
import { SetupError } from './setup-error.ts';

/** A PostgreSQL server that can be run on this machine. */
export interface PostgresProgram {
  /** The folder of `postgres` and `initdb`. */
  readonly bin: string;
  /** What they need besides; nothing of the caller's environment. */
  readonly env: Environment;
  /** For people: `PostgreSQL 15.18`. */
  readonly version: string;
  /** As whom they are run: PostgreSQL refuses root. */
  readonly user: PostgresUser | undefined;
}

/** Another user than ours, and the command that becomes that user. */
export interface PostgresUser {
  readonly uid: number;
  readonly gid: number;
  readonly through: readonly string[];
}

export interface FindPostgresOptions {
  readonly environment: Environment;
  readonly signal?: AbortSignal | undefined;
}

const OLDEST = 14;
/** `nobody` and `nogroup`, on Debian and wherever the kernel maps unknown users. */
const NOBODY = 65_534;
/** Where Debian's packages have their programs, which they keep off the PATH. */
const DEBIAN = 'usr/lib/postgresql';

/**
 * Finds a PostgreSQL server: on the PATH, else where Debian's packages put it, else one unpacked
 * here earlier, else Debian's package, unpacked into the cache without touching the system.
 *
 * @throws SetupError with one line that says what to install.
 */
export async function findPostgres(options: FindPostgresOptions): Promise<PostgresProgram> {
  const { environment } = options;
  const user = await ownUser(environment);
  const found = await findExecutable(['postgres'], environment);
  // Only from its own folder does it find the rest of its files.
  const onPath = found === undefined ? undefined : dirname(await realpath(found));
  const program = (await probe(onPath, {}, user)) ?? (await installed('/', {}, user));
  if (program !== undefined) return program;
  return debianProgram({
    ...options,
    name: 'postgresql',
    title: 'PostgreSQL',
    oldest: String(OLDEST),
    hint: 'macOS: brew install postgresql; Debian: apt-get install postgresql',
    cache: cacheOf(environment),
    // Another user runs it.
    isOpen: true,
    find: async (folder) => installed(folder, { LD_LIBRARY_PATH: await libraryPath(folder) }, user),
  });
}

async function ownUser(environment: Environment): Promise<PostgresUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const setpriv = await findExecutable(['setpriv'], environment);
  if (setpriv === undefined) {
    throw new SetupError(
      'PostgreSQL refuses to run as root, and setpriv of util-linux is missing: start as another user.',
    );
  }
  const through = [setpriv, `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
  return { uid: NOBODY, gid: NOBODY, through };
}

/** Root's own cache is nobody's to enter. */
function cacheOf(environment: Environment): string {
  const folder =
    process.getuid?.() === 0 ? '/var/cache/messenger-bot-backend' : cacheFolder(environment);
  return join(folder, `postgres-${process.platform}-${process.arch}`);
}

/** Runs it once: a program that is too old, or lacks a library, does not count. */
async function probe(
  bin: string | undefined,
  env: Environment,
  user: PostgresUser | undefined,
): Promise<PostgresProgram | undefined> {
  if (bin === undefined || !(await isExecutable(join(bin, 'initdb')))) return undefined;
  const said = await output(join(bin, 'postgres'), ['--version'], env);
  const [, version = '0'] = /\) ([\d.]+)/.exec(said ?? '') ?? [];
  if (Number.parseInt(version) < OLDEST) return undefined;
  return { bin, env, version: `PostgreSQL ${version}`, user };
}

/** The newest in a folder laid out as Debian has it. */
async function installed(
  root: string,
  env: Environment,
  user: PostgresUser | undefined,
): Promise<PostgresProgram | undefined> {
  const versions = await readdir(join(root, DEBIAN)).catch(() => []);
  for (const version of versions.toSorted((a, b) => Number(b) - Number(a))) {
    const program = await probe(join(root, DEBIAN, version, 'bin'), env, user);
    if (program !== undefined) return program;
  }
  return undefined;
}
