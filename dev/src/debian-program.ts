import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unpackDebianPackage } from './debian-packages.ts';
import type { Environment } from './environment.ts';
import { findExecutable } from './executables.ts';
import { SetupError } from './setup-error.ts';

export interface DebianProgramOptions<Program> {
  /** The package, such as `redis-server`. */
  readonly name: string;
  /** For people: `Redis`, and `6.2` as the oldest that does. */
  readonly title: string;
  readonly oldest: string;
  /** What to install by hand: `macOS: brew install redis; Debian: apt-get install redis-server`. */
  readonly hint: string;
  /** Where it stays for the next time. */
  readonly cache: string;
  /** Whether others than this user may enter the folder. Default: nobody. */
  readonly isOpen?: boolean;
  /** The program in a folder that Debian packages were unpacked into, if it runs. */
  readonly find: (folder: string) => Promise<Program | undefined>;
  readonly environment: Environment;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The program that was unpacked into the cache earlier, else Debian's package, unpacked into it without
 * touching the system. Into a folder of its own first, then a rename: two at once, also in one
 * process, do not meet half a server.
 *
 * @throws SetupError with one line that says what to install.
 */
export async function debianProgram<Program>(
  options: DebianProgramOptions<Program>,
): Promise<Program> {
  const { name, title, oldest, cache, isOpen = false, find, environment, signal } = options;
  const hint = `install it (${options.hint})`;
  const earlier = await find(cache);
  if (earlier !== undefined) return earlier;
  if ((await findExecutable(['apt-get'], environment)) === undefined) {
    throw new SetupError(`${title} ${oldest} or newer is missing: ${hint} and start again.`);
  }
  const mode = isOpen ? 0o755 : 0o700;
  let work: string | undefined;
  try {
    await mkdir(dirname(cache), { recursive: true, mode });
    work = await mkdtemp(`${cache}-`);
    await chmod(work, mode);
    const [into, scratch] = [join(work, 'root'), join(work, 'downloads')];
    await mkdir(into, { mode });
    await mkdir(scratch);
    await unpackDebianPackage({ name, into, scratch, environment, signal });
    if ((await find(into)) === undefined) throw new Error('the unpacked server does not run');
    const isFirst = await renamed(into, cache);
    // Somebody else was faster, or left something that does not run.
    if (!isFirst && (await find(cache)) === undefined) {
      await rm(cache, { recursive: true, force: true });
      await renamed(into, cache);
    }
    const program = await find(cache);
    if (program === undefined) throw new Error(`${cache} cannot be written`);
    return program;
  } catch (error) {
    signal?.throwIfAborted();
    throw new SetupError(`${title} could not be fetched (${reason(error)}): ${hint}.`, {
      cause: error,
    });
  } finally {
    if (work !== undefined) await rm(work, { recursive: true, force: true });
  }
}

const renamed = (from: string, to: string): Promise<boolean> =>
  rename(from, to).then(
    () => true,
    () => false,
  );

/** For `LD_LIBRARY_PATH`: where Debian packages that were unpacked into a folder have their libraries. */
export async function libraryPath(folder: string): Promise<string> {
  const libraries = join(folder, 'usr', 'lib');
  const entries = await readdir(libraries, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return [libraries, ...folders.map((name) => join(libraries, name))].join(':');
}

/** The line that says most: apt's own errors start with `E:`. */
function reason(error: unknown): string {
  const { stderr = '', message } = error as { stderr?: string; message: string };
  return /^E: (.*)$/m.exec(stderr)?.[1] ?? message.split('\n', 1)[0] ?? message;
}
