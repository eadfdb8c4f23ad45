/**
 * `pnpm run sbom [folder]`: what each published package brings along, as CycloneDX, one file a
 * package; without a folder into dist/sbom.
 */
import { join } from 'node:path';
import { currentEnvironment } from './environment.ts';
import { repositoryFolder } from './folders.ts';
import { writeSboms } from './sboms.ts';
import { createTerminal } from './terminal.ts';

const [, , folder = join(repositoryFolder, 'dist', 'sbom')] = process.argv;
await writeSboms(folder, currentEnvironment());
createTerminal().say(folder);
