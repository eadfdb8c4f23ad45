import { execFile } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from './environment.ts';

const run = promisify(execFile);

/** Debian's own lists of packages; a fresh container image comes without them. */
const SYSTEM_LISTS = '/var/lib/apt/lists';
const TIMEOUT_MS = 120_000;

export interface UnpackOptions {
  /** The package that is wanted. */
  readonly name: string;
  /** An empty folder to unpack into: `usr/bin`, `usr/lib` and so on appear there. */
  readonly into: string;
  /** A folder for what is downloaded; the caller removes it. */
  readonly scratch: string;
  readonly environment: Environment;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Downloads a Debian package, and those it needs that this machine lacks, and unpacks them into a
 * folder. Works as any user and touches nothing of the system: no service is set up or started.
 *
 * @throws what apt-get or dpkg said, when there is neither the package nor a network.
 */
export async function unpackDebianPackage(options: UnpackOptions): Promise<void> {
  const { name, into, scratch, environment, signal } = options;
  const env = { ...environment, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  const execute = (command: string, args: readonly string[]): Promise<{ stdout: string }> =>
    run(command, [...args], {
      env,
      cwd: scratch,
      timeout: TIMEOUT_MS,
      maxBuffer: 64 * 1024 * 1024,
      ...(signal === undefined ? {} : { signal }),
    });

  const places = await ownPlaces(scratch);
  const apt = (...args: string[]): Promise<{ stdout: string }> =>
    execute('apt-get', [...places, ...args]);
  if (places.length > 0) await apt('update');
  // A rehearsal names exactly what would be installed: `Inst liblzf1 (3.6-3 Debian:12/stable …)`.
  const { stdout } = await apt('--simulate', '--no-install-recommends', 'install', name);
  const needed = [...stdout.matchAll(/^Inst (\S+)/gm)].map(([, found = '']) => found);
  await apt('download', ...needed);
  const archives = (await readdir(scratch)).filter((file) => file.endsWith('.deb'));
  for (const archive of archives) await execute('dpkg', ['-x', join(scratch, archive), into]);
}

/** Lists of our own where the system has none, so that no `apt-get update` by root is needed. */
async function ownPlaces(scratch: string): Promise<string[]> {
  const lists = await readdir(SYSTEM_LISTS).catch(() => []);
  if (lists.some((file) => file.includes('_Packages'))) return [];
  const [own, cache] = [join(scratch, 'lists'), join(scratch, 'cache')];
  await mkdir(join(own, 'partial'), { recursive: true });
  await mkdir(join(cache, 'archives', 'partial'), { recursive: true });
  return ['-o', `Dir::State::lists=${own}`, '-o', `Dir::Cache=${cache}`];
}
