import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { bumpsIn, isChangeset } from '../changeset.ts';
import { publishedPackages, type Manifest, type PublishedPackage } from '../published-packages.ts';
import { SetupError } from '../setup-error.ts';

import { CommandFailure, type Repository } from './repository.ts';

/** What is written about a package, and what only those who work on it see. */
const unshipped = /(^|\/)(CHANGELOG\.md|api\.md|LICENSE|tsconfig\.json|typedoc\.json)$|\.test[.-]/;

/** Fields of a package.json that change nothing for who installs the package. */
const unshippedFields = new Set(['version', 'devDependencies', 'scripts', 'publishConfig']);

/**
 * The published packages that behave differently than on the base branch, and that no changeset of this
 * branch names. The pull request of a release needs no exception: it changes versions and changelogs.
 *
 * @throws SetupError when the base is not known here, or a changeset names what is not published.
 */
export async function unannouncedPackages(repository: Repository, base: string): Promise<string[]> {
  const fork = await forkFrom(repository, base);
  const lines = async (...args: readonly string[]): Promise<string[]> =>
    (await repository.run('git', ...args, '-z')).split('\0').filter(Boolean);
  const changed = [
    ...(await lines('diff', '--name-only', '--no-renames', fork)),
    ...(await lines('ls-files', '--others', '--exclude-standard')),
  ];
  const packages = await publishedPackages(repository.folder);
  const announced = await announcedBy(changed.filter(isChangeset), repository, packages);
  const unannounced: string[] = [];
  for (const published of packages) {
    const { name } = published.manifest;
    if (announced.has(name)) continue;
    if (await differs(published, changed, { repository, fork })) unannounced.push(name);
  }
  return unannounced;
}

async function forkFrom(repository: Repository, base: string): Promise<string> {
  try {
    return await repository.run('git', 'merge-base', base, 'HEAD');
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    throw new SetupError(
      `${base} has nothing in common with this branch, or is not known here: fetch it with its history, or name another with --base.`,
    );
  }
}

async function announcedBy(
  changesets: readonly string[],
  { folder }: Repository,
  packages: readonly PublishedPackage[],
): Promise<Set<string>> {
  const announced = new Set<string>();
  for (const file of changesets.filter((path) => existsSync(join(folder, path)))) {
    for (const { name } of await bumpsIn(folder, file)) {
      if (!packages.some(({ manifest }) => manifest.name === name)) {
        throw new SetupError(`${file} names ${name}, which is not published: correct the name.`);
      }
      announced.add(name);
    }
  }
  return announced;
}

async function differs(
  { folder, manifest }: PublishedPackage,
  changed: readonly string[],
  { repository, fork }: { readonly repository: Repository; readonly fork: string },
): Promise<boolean> {
  const file = `${folder}/package.json`;
  const own = changed.filter((path) => path.startsWith(`${folder}/`) && !unshipped.test(path));
  if (own.some((path) => path !== file)) return true;
  if (own.length === 0) return false;
  const before = await repository.run('git', 'show', `${fork}:${file}`).catch(() => '{}');
  return !isDeepStrictEqual(shipped(JSON.parse(before) as Manifest), shipped(manifest));
}

/** What arrives: `publishConfig` replaces fields of the same name. */
function shipped(manifest: Manifest): Record<string, unknown> {
  const fields = { ...manifest, ...(manifest['publishConfig'] as object | undefined) };
  return Object.fromEntries(
    Object.entries(fields).filter(([field]) => !unshippedFields.has(field)),
  );
}
