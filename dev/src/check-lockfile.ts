/** `pnpm check:lockfile`: what is installed here can be installed on every platform. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryFolder } from './folders.ts';
import { missingPlatforms } from './lockfile-platforms.ts';
import { createTerminal } from './terminal.ts';

const missing = missingPlatforms(await readFile(join(repositoryFolder, 'pnpm-lock.yaml'), 'utf8'));
for (const line of missing) {
  createTerminal().complain(
    `${line}: pin the newest version that has them in pnpm-workspace.yaml.`,
  );
}
if (missing.length > 0) process.exitCode = 1;
