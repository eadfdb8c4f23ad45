import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isChangeset } from '../changeset.ts';
import { publishedPackages } from '../published-packages.ts';
import { SetupError } from '../setup-error.ts';
import { CommandFailure, type Repository } from './repository.ts';

/** One version of one package that the registry does not have. */
export interface Release {
  readonly kind: 'publish';
  readonly name: string;
  readonly version: string;
  readonly access: string;
  /** The registry's word for a line of versions: `latest`, `next`. */
  readonly tag: string;
  /** From the plan's folder; there after packing. */
  readonly tarball?: { readonly path: string };
}

/** What to publish: group after group, what others need first. The file is that of Changesets. */
export type Plan = readonly (readonly Release[])[];

/** The name that Changesets looks for in a folder of tarballs. */
export const planFile = 'publish-plan.json';

export async function readPlan(folder: string): Promise<Plan> {
  const text = await readFile(join(folder, planFile), 'utf8');
  return (JSON.parse(text) as { plan: Plan }).plan;
}

export async function writePlan(folder: string, plan: Plan): Promise<void> {
  await writeFile(join(folder, planFile), JSON.stringify({ version: 1, plan }, undefined, 2));
}

/** `@bot/queue 1.2.0`, for people. */
export function listed(releases: readonly { name: string; version: string }[]): string {
  return releases.map(({ name, version }) => `${name} ${version}`).join(', ');
}

/**
 * Asks the registry what it lacks; written into the folder for the steps that follow. With a tag only the
 * snapshots of that name: a version that is meant to stay must not arrive under another tag.
 */
export async function planReleases(
  repository: Repository,
  options: { readonly folder: string; readonly tag?: string },
): Promise<Plan> {
  const { folder, tag } = options;
  await repository.run('changeset', 'publish-plan', `--output=${join(folder, planFile)}`);
  const plan = await readPlan(folder);
  if (tag === undefined) return plan;
  const tagged = plan
    .map((group) => group.filter(({ version }) => version.includes(`-${tag}-`)))
    .filter((group) => group.length > 0)
    .map((group) => group.map((release) => ({ ...release, tag })));
  await writePlan(folder, tagged);
  return tagged;
}

/** The plan without what has arrived in the meantime, by another run or an earlier attempt. */
export async function withoutPublished(plan: Plan, repository: Repository): Promise<Plan> {
  const rest: Release[][] = [];
  for (const group of plan) {
    const missing: Release[] = [];
    for (const release of group) {
      if (!(await isPublished(release, repository))) missing.push(release);
    }
    if (missing.length > 0) rest.push(missing);
  }
  return rest;
}

async function isPublished({ name, version }: Release, repository: Repository): Promise<boolean> {
  try {
    const said = await repository.run('pnpm', 'view', `${name}@${version}`, 'version');
    return said.split('\n').includes(version);
  } catch (error) {
    if (error instanceof CommandFailure && /404|NOT_FOUND|NO_MATCHING/.test(error.message)) {
      return false;
    }
    throw error;
  }
}

/** The changesets that no version has taken up yet. */
export async function waitingChangesets(repository: Repository): Promise<string[]> {
  const files = await repository.run('git', 'ls-files', '.changeset');
  return files.split('\n').filter(isChangeset);
}

/**
 * What is published says in its changelog what has changed, and carries nothing else.
 *
 * @throws SetupError while changesets wait, and for a version that none has made.
 */
export async function assertVersioned(plan: Plan, repository: Repository): Promise<void> {
  const [waiting] = await waitingChangesets(repository);
  if (waiting !== undefined) {
    throw new SetupError(
      `${waiting} waits to be versioned: merge the pull request that does it first. Nothing was published.`,
    );
  }
  const packages = await publishedPackages(repository.folder);
  for (const { name, version } of plan.flat()) {
    const folder = packages.find(({ manifest }) => manifest.name === name)?.folder ?? '';
    const path = join(repository.folder, folder, 'CHANGELOG.md');
    const changelog = await readFile(path, 'utf8').catch(() => '');
    if (changelog.split('\n').includes(`## ${version}`)) continue;
    throw new SetupError(
      `No changeset has made ${name} ${version}: its CHANGELOG.md does not know it. Undo the version, and run \`pnpm changeset\`. Nothing was published.`,
    );
  }
}
