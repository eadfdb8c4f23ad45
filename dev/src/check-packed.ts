/**
 * `pnpm check:packed` inside a package: packs it as it would be published and looks at what would
 * arrive: its exports, its types, its size, and that nothing of the workspace came along.
 */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, type CommandResult } from './command.ts';
import { currentEnvironment } from './environment.ts';
import { temporaryFolder } from './folders.ts';
import type { Manifest } from './published-packages.ts';
import { bundledBytes, overBudget } from './size-budgets.ts';
import { createTerminal } from './terminal.ts';

const terminal = createTerminal();
const environment = currentEnvironment();
const folder = await temporaryFolder('packed');
try {
  await run('pnpm', 'pack', '--pack-destination', folder);
  const [name = ''] = await readdir(folder);
  const tarball = join(folder, name);
  await run('publint', '--strict', tarball);
  await run('attw', '--profile', 'esm-only', tarball);
  const { output: listed } = await run('tar', '-tzf', tarball);
  const { output: manifest } = await run('tar', '-xzOf', tarball, 'package/package.json');
  const files = listed.split('\n').map((file) => file.replace(/^package\//, ''));
  const scripts = files.filter((file) => /^dist\/(?!page\/).*\.js$/.test(file));
  const problems = [
    ...['LICENSE', 'README.md', 'package.json', ...scripts.map((file) => `${file}.map`)].filter(
      (file) => !files.includes(file),
    ),
    ...files.filter((file) => /^src\/|\.test\./.test(file)),
    ...['@bot/source', 'workspace:'].filter((word) => manifest.includes(word)),
  ];
  if (problems.length > 0) throw new Error(`Missing or too much: ${problems.join(', ')}`);
  const tooLarge = await measure(tarball, JSON.parse(manifest) as Manifest);
  if (tooLarge.length > 0) throw new Error(tooLarge.join('\n'));
} catch (error) {
  terminal.complain(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(path: string, { name, exports }: Manifest): Promise<string[]> {
  const entries: Record<string, number> = {};
  for (const [entry, conditions] of Object.entries(exports)) {
    const file = typeof conditions === 'string' ? undefined : conditions['default'];
    if (file !== undefined) entries[entry] = await bundledBytes(join(process.cwd(), file));
  }
  return overBudget(name, { tarball: (await stat(path)).size, entries });
}

async function run(...command: [string, ...string[]]): Promise<CommandResult> {
  const result = await runCommand(command, { environment, cwd: process.cwd() });
  if (result.code !== 0) throw new Error(`${command[0]} failed:\n${result.output}`);
  return result;
}
