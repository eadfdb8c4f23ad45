import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishedPackages } from '../published-packages.ts';
import type { Terminal } from '../terminal.ts';
import { readPlan } from './plan.ts';
import { CommandFailure, type Repository } from './repository.ts';

/**
 * Makes a tag and a release on GitHub of each version of a plan, with its part of the changelog and, where
 * there is one in dist/sbom, the list of what it brings along. What is there already is left alone.
 */
export async function announce(
  repository: Repository,
  { folder, terminal }: { readonly folder: string; readonly terminal: Terminal },
): Promise<void> {
  const packages = await publishedPackages(repository.folder);
  const commit = await repository.run('git', 'rev-parse', 'HEAD');
  for (const { name, version } of (await readPlan(folder)).flat()) {
    const tag = `${name}@${version}`;
    if (await isAnnounced(tag, repository)) continue;
    const home = packages.find(({ manifest }) => manifest.name === name)?.folder ?? '';
    const changelog = await readFile(join(repository.folder, home, 'CHANGELOG.md'), 'utf8');
    const sbom = join(repository.folder, 'dist', 'sbom', `${fileName(name)}-${version}.cdx.json`);
    await repository.run(
      'gh',
      'release',
      'create',
      tag,
      ...(existsSync(sbom) ? [sbom] : []),
      `--target=${commit}`,
      `--title=${name} ${version}`,
      `--notes=${entryOf(changelog, version)}`,
      ...(version.includes('-') ? ['--prerelease'] : []),
    );
    terminal.say(`Announced ${tag}.`);
  }
}

async function isAnnounced(tag: string, { run }: Repository): Promise<boolean> {
  try {
    await run('gh', 'release', 'view', tag);
    return true;
  } catch (error) {
    if (error instanceof CommandFailure) return false;
    throw error;
  }
}

/** `@bot/queue` as a part of a file's name: `bot-queue`. */
function fileName(name: string): string {
  return name.replace('@', '').replace('/', '-');
}

function entryOf(changelog: string, version: string): string {
  const [, after = ''] = changelog.split(`\n## ${version}\n`);
  return (after.split(/^## /m)[0] ?? '').trim();
}
