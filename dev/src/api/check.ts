import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../environment.ts';
import { publishedPackages, type PublishedPackage } from '../published-packages.ts';
import { changesBetween } from './change.ts';
import { isLess, neededBump, waitingBumps, type Bump } from './changesets.ts';
import { reportAtLastRelease } from './last-release.ts';
import { reportFile, reportOf } from './report.ts';

/** Writes the report of each published package. */
export async function writeReports(repository: string): Promise<void> {
  for (const published of await publishedPackages(repository)) {
    const report = await reportOf(repository, published);
    await writeFile(join(repository, published.folder, reportFile), report);
  }
}

/**
 * Answers what is wrong, a text each: a report that is stale, and changesets that are lighter than
 * what has changed since the last release.
 */
export async function checkApi(repository: string, environment: Environment): Promise<string[]> {
  const waiting = await waitingBumps(repository);
  const problems: string[] = [];
  for (const published of await publishedPackages(repository)) {
    const path = join(published.folder, reportFile);
    const kept = await readFile(join(repository, path), 'utf8').catch(() => '');
    const report = await reportOf(repository, published);
    if (kept !== report) {
      problems.push(`${path} is stale: run \`pnpm api\`, and commit what it changes.`);
    }
    const before = await reportAtLastRelease(published, { repository, environment });
    const waits = waiting.get(published.manifest.name) ?? 'none';
    if (before !== undefined) problems.push(...tooLight(published, waits, before, report));
  }
  return problems;
}

function tooLight(
  { manifest: { name, version } }: PublishedPackage,
  waits: Bump,
  before: string,
  report: string,
): string[] {
  const changes = changesBetween(before, report);
  const kinds = changes.map(({ kind }) => kind);
  const needed = neededBump(kinds, version);
  if (!isLess(waits, needed)) return [];
  const shown = changes.map(({ kind, what }) => `\n  ${kind}: ${what}`).join('');
  return [
    `What ${name} exports has changed since ${version}. That needs a ${needed} changeset, and the heaviest that waits is ${waits}: run \`pnpm changeset\`.${shown}`,
  ];
}
