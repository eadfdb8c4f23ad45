import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  openRepository,
  publishedPackages,
  repositoryFolder,
  type Environment,
  type PublishedPackage,
  type Repository,
} from '@bot/dev';

/** The repository as it stands, with a history of its own: what happens to it stays there. */
export interface RepositoryCopy extends Repository {
  packages(): Promise<readonly PublishedPackage[]>;
  /** Writes a changeset, as a developer does beside a change. */
  announce(change: Readonly<Record<'name' | 'kind' | 'text', string>>): Promise<void>;
  commit(message: string): Promise<void>;
  /** Takes all changesets that wait, as the pull request of a release does. */
  bump(): Promise<void>;
  /** `npm run release -- …` to `registry`; what it says. */
  release(...args: readonly string[]): Promise<string>;
  /** The same where other variables are in force. */
  withVariables(variables: Environment): RepositoryCopy;
}

/**
 * Copies what git knows or would add; a shallow clone and uncommitted changes are all the same. The
 * dependencies come from where those of this repository come from, everything later from `registry`.
 */
export async function copyRepository(options: {
  readonly folder: string;
  readonly environment: Environment;
  readonly installing: Environment;
}): Promise<RepositoryCopy> {
  const { folder, environment, installing } = options;
  const listed = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: repositoryFolder,
  });
  for (const file of listed.toString().split('\0').filter(Boolean)) {
    if (!existsSync(join(repositoryFolder, file))) continue;
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(repositoryFolder, file), join(folder, file), { verbatimSymlinks: true });
  }
  const copy = open(folder, environment);
  await copy.run('git', 'init', '--quiet', '--initial-branch=main');
  await copy.commit('Everything');
  const { run } = openRepository(folder, installing);
  await run('pnpm', 'install', '--frozen-lockfile', '--prefer-offline');
  await run('npm', 'run', 'new-package', '--', 'rehearsed');
  await copy.commit('Make a new package');
  return copy;
}

function open(folder: string, environment: Environment): RepositoryCopy {
  const opened = openRepository(folder, environment);
  const { run } = opened;
  const copy: RepositoryCopy = {
    ...opened,
    packages: () => publishedPackages(folder),
    announce: ({ name, kind, text }) =>
      writeFile(
        join(folder, '.changeset', 'rehearsal.md'),
        `---\n'${name}': ${kind}\n---\n\n${text}\n`,
      ),
    async commit(message) {
      await run('git', 'add', '--all');
      await run('git', 'commit', '--quiet', '--message', message);
    },
    async bump() {
      await run('pnpm', 'run', 'version-packages');
      await copy.commit('Version packages');
    },
    release: (...args) => run('npm', 'run', '--silent', 'release', '--', ...args),
    withVariables: (variables) => open(folder, { ...environment, ...variables }),
  };
  return copy;
}
