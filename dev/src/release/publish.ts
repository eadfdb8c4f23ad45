import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError } from '../setup-error.ts';
import type { Terminal } from '../terminal.ts';
import { assertCleanTree } from './clean-tree.ts';
import { packReleases } from './pack.ts';
import {
  assertVersioned,
  listed,
  planFile,
  planReleases,
  readPlan,
  withoutPublished,
  type Plan,
} from './plan.ts';
import { assertRegistry } from './registry.ts';
import { CommandFailure, type Repository } from './repository.ts';

interface RequiredOptions {
  /** The only registry that is published to. */
  readonly registry: string;
  /** Where tarballs and plan go. They stay there after a dry run. */
  readonly folder: string;
  readonly terminal: Terminal;
}

interface OptionalOptions {
  /** Do everything but publish. Default false. */
  readonly dryRun: boolean;
  /** The registry's tag for all. Default: `latest`, or that of the pre-releases under way. */
  readonly tag: string;
}

export interface PublishOptions extends RequiredOptions, Partial<OptionalOptions> {}

/**
 * Publishes what is versioned and not in the registry yet, those first that others need. May be run
 * again at any time.
 *
 * @throws SetupError with one line, and nothing is published, when the tree is dirty, the registry is
 * another one, changesets wait, a version has none, or a package does not work alone.
 */
export async function publish(repository: Repository, options: PublishOptions): Promise<void> {
  const { registry, folder, terminal, tag, dryRun = false } = options;
  await assertCleanTree(repository);
  await assertRegistry(repository, registry);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const plan = await planReleases(repository, { folder, ...(tag === undefined ? {} : { tag }) });
  await assertVersioned(plan, repository);
  if (plan.length === 0) {
    await rm(folder, { recursive: true });
    terminal.say(`Nothing to publish: ${registry} has every version.`);
    return;
  }
  const packed = await terminal.step('build, pack and try each package alone', () =>
    packReleases(repository, folder),
  );
  if (dryRun) {
    terminal.say(`Would publish ${listed(packed.flat())} to ${registry}; packed in ${folder}.`);
    return;
  }
  await upload(repository, packed, options);
}

/**
 * Publishes what a dry run has packed, so that a job with the right to publish need not build.
 *
 * @throws SetupError like `publish`, and when nothing is packed.
 */
export async function publishPacked(
  repository: Repository,
  options: RequiredOptions,
): Promise<void> {
  const { registry, folder, terminal } = options;
  if (!existsSync(join(folder, planFile))) {
    throw new SetupError(`Nothing is packed in ${folder}: run publish with --dry-run first.`);
  }
  await assertCleanTree(repository);
  await assertRegistry(repository, registry);
  const plan = await withoutPublished(await readPlan(folder), repository);
  if (plan.length === 0) {
    terminal.say(`Nothing to publish: ${registry} has every version.`);
    return;
  }
  await upload(repository, plan, options);
}

/**
 * One after another, so that a failure leaves nothing whose dependencies are missing.
 *
 * @throws SetupError with what the registry had against one; those before it have arrived.
 */
async function upload(
  { run, environment }: Repository,
  plan: Plan,
  { registry, folder, terminal }: RequiredOptions,
): Promise<void> {
  // Signed by the identity of the workflow, where it has the right to prove one.
  const signs = environment['ACTIONS_ID_TOKEN_REQUEST_URL'] !== undefined;
  for (const { name, version, access, tag, tarball } of plan.flat()) {
    await run(
      'pnpm',
      'publish',
      join(folder, tarball?.path ?? ''),
      `--access=${access}`,
      `--tag=${tag}`,
      '--no-git-checks',
      ...(signs ? ['--provenance'] : []),
    ).catch((error: unknown) => {
      if (!(error instanceof CommandFailure)) throw error;
      throw new SetupError(`${name} ${version} and all after it did not arrive: ${error.reason}`);
    });
    terminal.say(`Published ${name} ${version} to ${registry}.`);
  }
}
