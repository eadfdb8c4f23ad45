import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { publishedPackages } from '@bot/dev';
import { runIn, type Environment, type Run } from './commands.ts';

const repository = join(import.meta.dirname, '..', '..');

/** The repository as it stands, with a history of its own: what happens to it stays there. */
export interface RepositoryCopy {
  readonly folder: string;
  readonly run: Run;
  /** Folders of the packages that are published, by name. */
  readonly packages: ReadonlyMap<string, string>;
  /** Takes all pending changesets; the versions that come of it, by package. */
  bump(): Promise<ReadonlyMap<string, string>>;
  build(): Promise<void>;
  commit(message: string): Promise<void>;
}

/** Copies what git knows or would add; a shallow clone and uncommitted changes are all the same. */
export async function copyRepository(
  folder: string,
  environment: Environment,
): Promise<RepositoryCopy> {
  const listed = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: repository,
  });
  for (const file of listed.toString().split('\0').filter(Boolean)) {
    if (!existsSync(join(repository, file))) continue;
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(repository, file), join(folder, file), { verbatimSymlinks: true });
  }
  const run = runIn(folder, environment);
  const commit = async (message: string): Promise<void> => {
    await run('git', 'add', '--all');
    await run('git', 'commit', '--quiet', '--message', message);
  };
  await run('git', 'init', '--quiet', '--initial-branch=main');
  await commit('Everything');
  const packages = new Map(
    (await publishedPackages(folder)).map(({ manifest, folder: path }) => [
      manifest.name,
      join(folder, path),
    ]),
  );
  return {
    folder,
    run,
    packages,
    commit,
    async bump() {
      await run('pnpm', 'exec', 'changeset', 'status', '--output=plan.json');
      const plan = JSON.parse(await readFile(join(folder, 'plan.json'), 'utf8')) as {
        releases: { name: string; newVersion: string }[];
      };
      await run('rm', 'plan.json');
      await run('pnpm', 'exec', 'changeset', 'version');
      await commit('Version packages');
      const releases = plan.releases.filter(({ name }) => packages.has(name));
      return new Map(releases.map(({ name, newVersion }) => [name, newVersion]));
    },
    async build() {
      const filters = [...packages.keys()].map((name) => `--filter=${name}`);
      await run('pnpm', 'exec', 'turbo', 'run', 'build', '--output-logs=errors-only', ...filters);
    },
  };
}

/** Writes a changeset, as a developer does beside a change. */
export async function writeChangeset(
  copy: RepositoryCopy,
  { name, kind, text }: { readonly name: string; readonly kind: string; readonly text: string },
): Promise<void> {
  const file = join(copy.folder, '.changeset', 'rehearsal.md');
  await writeFile(file, `---\n'${name}': ${kind}\n---\n\n${text}\n`);
}
