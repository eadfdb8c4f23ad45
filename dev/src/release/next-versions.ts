import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../folders.ts';
import { SetupError } from '../setup-error.ts';
import { assertCleanTree } from './clean-tree.ts';
import { CommandFailure, openRepository, type Repository } from './repository.ts';

/**
 * Works on the next versions, in a clone of what is committed here: versioning rewrites files, and
 * these versions are not meant to stay.
 *
 * @throws SetupError when the tree is dirty or there is nothing to version.
 */
export async function withNextVersions(
  repository: Repository,
  work: (clone: Repository) => Promise<void>,
  { snapshot }: { readonly snapshot?: string } = {},
): Promise<void> {
  await assertCleanTree(repository);
  const parent = await temporaryFolder('next');
  try {
    const clone = openRepository(join(parent, 'repository'), repository.environment);
    await repository.run('git', 'clone', '--quiet', '.', clone.folder);
    await clone.run('pnpm', 'install', '--frozen-lockfile', '--prefer-offline');
    await version(clone, snapshot === undefined ? [] : ['--snapshot', snapshot]);
    const who = ['-c', 'user.name=release', '-c', 'user.email=release@localhost'];
    await clone.run('git', 'add', '--all');
    await clone.run('git', ...who, 'commit', '--quiet', '--no-verify', '--message=Next versions');
    await work(clone);
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

async function version({ run }: Repository, args: readonly string[]): Promise<void> {
  try {
    await run('changeset', 'version', ...args);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    throw new SetupError(`There are no next versions: ${error.reason} Nothing was published.`);
  }
}
