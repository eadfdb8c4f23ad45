import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../folders.ts';
import { publishedPackages, type Manifest } from '../published-packages.ts';
import { SetupError } from '../setup-error.ts';
import { planFile, readPlan, type Plan, type Release } from './plan.ts';
import { CommandFailure, openRepository, type Repository } from './repository.ts';

/**
 * Builds and packs what is planned, without any cache, and tries each tarball alone.
 *
 * @throws SetupError when a package cannot be built, installed or imported by itself.
 */
export async function packReleases(repository: Repository, folder: string): Promise<Plan> {
  const planned = (await readPlan(folder)).flat();
  // With `...` also those that it needs, in their order.
  const filters = planned.map(({ name }) => `--filter=${name}...`);
  await orNothing('The build failed', () => repository.run('pnpm', ...filters, 'run', 'build'));
  const plan = `--from-publish-plan=${join(folder, planFile)}`;
  const { run } = openRepository(repository.folder, {
    ...repository.environment,
    pnpm_config_global_pnpmfile: join(import.meta.dirname, 'repository-field.mjs'),
  });
  await orNothing('Packing failed', () => run('changeset', 'pack', plan, `--out-dir=${folder}`));
  const packed = await readPlan(folder);
  for (const release of packed.flat()) {
    await orNothing(`${release.name} ${release.version} does not work alone`, () =>
      tryAlone(release, packed, { repository, folder }),
    );
  }
  return packed;
}

async function orNothing(what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    throw new SetupError(`${what}: ${error.reason} Nothing was published.`);
  }
}

/**
 * In an empty folder: with its own dependencies, peers and no others, ours from the same plan or else from
 * the registry, every entry can be imported.
 */
async function tryAlone(
  { name }: Release,
  plan: Plan,
  { repository, folder }: { readonly repository: Repository; readonly folder: string },
): Promise<void> {
  const tarballs = plan
    .flat()
    .map((other) => [other.name, `file:${join(folder, other.tarball?.path ?? '')}`] as const);
  const elsewhere = await temporaryFolder('alone');
  try {
    const settings = {
      // What a package does not name itself must not be found.
      hoist: false,
      ignoreScripts: true,
      overrides: Object.fromEntries(tarballs),
      // Ours may be as young as they like, all others not.
      minimumReleaseAge: 4320,
      minimumReleaseAgeExclude: [`${name.split('/')[0]}/*`],
    };
    const { exports, peerDependencies } = await manifestOf(repository, name);
    // An optional peer is installed for nobody who does not name it.
    const manifest = { private: true, dependencies: { ...peerDependencies, [name]: '*' } };
    await writeFile(join(elsewhere, 'pnpm-workspace.yaml'), JSON.stringify(settings));
    await writeFile(join(elsewhere, 'package.json'), JSON.stringify(manifest));
    const { run } = openRepository(elsewhere, repository.environment);
    // Where CI is set pnpm would write no lockfile.
    await run('pnpm', 'install', '--prod', '--no-frozen-lockfile');
    const program = Object.keys(exports)
      .filter((path) => path !== './package.json')
      .map((path) => `await import(${JSON.stringify(join(name, path))});`)
      .join('\n');
    await run('node', '--input-type=module', '--eval', program);
  } finally {
    await rm(elsewhere, { recursive: true, force: true });
  }
}

async function manifestOf(
  { folder }: Repository,
  name: string,
): Promise<Pick<Manifest, 'exports' | 'peerDependencies'>> {
  const packages = await publishedPackages(folder);
  return packages.find(({ manifest }) => manifest.name === name)?.manifest ?? { exports: {} };
}
