import { join } from 'node:path';
import { runCommand } from '../command.ts';
import type { Environment } from '../environment.ts';
import type { PublishedPackage } from '../published-packages.ts';
import { reportFile } from './report.ts';

/**
 * The report as it was when the package last got its version: what its users have. Empty for a
 * package that had none then; undefined while a new version is not committed yet, as in the pull
 * request of a release. A shallow clone answers with its oldest commit.
 */
export async function reportAtLastRelease(
  { folder, manifest }: PublishedPackage,
  options: { readonly repository: string; readonly environment: Environment },
): Promise<string | undefined> {
  const { repository: cwd, environment } = options;
  const git = async (...args: readonly string[]): Promise<string> => {
    const { code, output } = await runCommand(['git', ...args], { environment, cwd });
    return code === 0 ? output : '';
  };
  const path = join(folder, 'package.json');
  const committed = await git('show', `HEAD:${path}`);
  if (committed === '') return '';
  const { version } = JSON.parse(committed) as { version: string };
  if (version !== manifest.version) return undefined;
  const commit = (await git('log', '-1', '--format=%H', '-G^  "version":', '--', path)).trim();
  return git('show', `${commit}:${folder}/${reportFile}`);
}
