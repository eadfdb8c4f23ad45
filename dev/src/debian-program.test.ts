import { access, chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { debianProgram, type DebianProgramOptions } from './debian-program.ts';
import type { Environment } from './environment.ts';
import { temporaryFolder } from './folders.ts';
import { SetupError } from './setup-error.ts';

/** Unpacks, into the folder that it is given, one program in two steps. */
const dpkg = 'mkdir -p "$3/usr" && sleep 0.1 && touch "$3/usr/server"';
const aptGet = 'case "$*" in *--simulate*) echo "Inst server (1)";; *download*) touch s.deb;; esac';

/** What finds `apt-get` and `dpkg` of its own, and a cache that nobody has used. */
async function debian(
  commands: Readonly<Record<string, string>>,
): Promise<DebianProgramOptions<string> & { readonly caches: string }> {
  const folder = await temporaryFolder('debian');
  onTestFinished(() => rm(folder, { recursive: true }));
  const [bin, caches] = [join(folder, 'bin'), join(folder, 'caches')];
  await mkdir(bin);
  for (const [name, script] of Object.entries(commands)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o700);
  }
  const environment: Environment = { PATH: [bin, process.env['PATH']].join(delimiter) };
  const find = (root: string): Promise<string | undefined> => {
    const server = join(root, 'usr', 'server');
    return access(server).then(
      () => server,
      () => undefined,
    );
  };
  const names = { name: 'server', title: 'Server', oldest: '1', hint: 'apt-get install server' };
  return { ...names, cache: join(caches, 'server'), caches, find, environment };
}

it('is fetched by several at once in one process, and leaves nothing else behind', async () => {
  const options = await debian({ 'apt-get': aptGet, dpkg });
  const all = await Promise.all([1, 2, 3].map(() => debianProgram(options)));
  expect(new Set(all)).toEqual(new Set([join(options.cache, 'usr', 'server')]));
  expect(await readdir(options.caches)).toEqual(['server']);
});

it('takes the place of one that does not run', async () => {
  const options = await debian({ 'apt-get': aptGet, dpkg });
  await mkdir(join(options.cache, 'half'), { recursive: true });
  expect(await debianProgram(options)).toBe(join(options.cache, 'usr', 'server'));
  expect(await readdir(options.cache)).toEqual(['usr']);
});

it('says what apt-get said, and leaves nothing behind', async () => {
  const options = await debian({ 'apt-get': 'echo "E: no such server" >&2; exit 100', dpkg });
  await expect(debianProgram(options)).rejects.toThrow(
    new SetupError(
      'Server could not be fetched (no such server): install it (apt-get install server).',
    ),
  );
  expect(await readdir(options.caches)).toEqual([]);
});
