import { mkdir, mkdtemp } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './environment.ts';

/** The top of the repository. */
export const repositoryFolder: string = join(import.meta.dirname, '..', '..');

/** What a machine keeps between starts and between clones. The launcher uses the same place. */
export function cacheFolder(environment: Environment): string {
  const home = environment['XDG_CACHE_HOME'] ?? '';
  return join(home === '' ? join(homedir(), '.cache') : home, 'messenger-bot-backend');
}

/** A new folder that only this user can enter (mode 700). */
export function temporaryFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `messenger-bot-${name}-`));
}

/** Makes the folder, and those above it, for this user only. */
export async function privateFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  return path;
}
