import { existsSync } from 'node:fs';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError } from './setup-error.ts';

const placeholder = 'new-package';

/** Where packages are listed: the line for one more, and before which line it goes. */
const registers = [
  {
    file: 'vitest.config.ts',
    before: "      project('webhook', 'apps/webhook'),",
    line: (name: string) => `      project('${name}', 'packages/${name}'),`,
  },
  {
    file: 'architecture.test.ts',
    before: "    [\n      'apps/webhook/',",
    line: (name: string) => `    ['packages/${name}/', []],`,
  },
  {
    file: 'typedoc.json',
    before: '    "packages/queue"',
    line: (name: string) => `    "packages/${name}",`,
  },
] as const;

/**
 * Makes `packages/<name>` from the template, with its lines where packages are listed and the
 * changeset of its first release.
 *
 * @throws {SetupError} before anything is written, when the name does not fit or is taken.
 */
export async function addPackage(repository: string, name: string): Promise<void> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new SetupError(
      `A package's name has lower-case letters, digits and hyphens, such as "web-chat", and not "${name}": npm run new-package -- <name>`,
    );
  }
  const folder = join(repository, 'packages', name);
  if (existsSync(folder)) throw new SetupError(`packages/${name} is there already.`);
  const lists = await Promise.all(
    registers.map((register) => withLine(repository, register, name)),
  );

  await cp(join(repository, 'dev', 'package-template'), folder, { recursive: true });
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll(placeholder, name));
  }
  await cp(join(repository, 'LICENSE'), join(folder, 'LICENSE'));
  for (const { path, text } of lists) await writeFile(path, text);
  await writeFile(
    join(repository, '.changeset', `${name}-first.md`),
    `---\n'@bot/${name}': minor\n---\n\nFirst release.\n`,
  );
}

async function withLine(
  repository: string,
  { file, before, line }: (typeof registers)[number],
  name: string,
): Promise<{ path: string; text: string }> {
  const path = join(repository, file);
  const text = await readFile(path, 'utf8');
  if (!text.includes(before)) {
    throw new SetupError(`${file} lacks the line before which a package is listed:\n${before}`);
  }
  return { path, text: text.replace(before, `${line(name)}\n${before}`) };
}
