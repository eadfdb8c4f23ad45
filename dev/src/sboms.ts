import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './command.ts';
import type { Environment } from './environment.ts';
import { repositoryFolder } from './folders.ts';
import { publishedPackages } from './published-packages.ts';

/** Writes `bot-queue-1.2.3.cdx.json` and so on, by the lockfile: what the package was tested with. */
export async function writeSboms(folder: string, environment: Environment): Promise<void> {
  await mkdir(folder, { recursive: true });
  const packages = await publishedPackages(repositoryFolder);
  const { code, output } = await runCommand(
    [
      'pnpm',
      ...packages.map(({ manifest }) => `--filter=${manifest.name}`),
      'sbom',
      '--sbom-format=cyclonedx',
      '--prod',
      '--lockfile-only',
      '--split',
      `--out=${join(folder, '%s-%v.cdx.json')}`,
    ],
    { environment },
  );
  if (code !== 0) throw new Error(`No SBOM was written:\n${output}`);
}
