import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repositoryFolder } from './folders.ts';
import { missingPlatforms } from './lockfile-platforms.ts';

const everywhere = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-x64'];

/** A lockfile with one native package, which has those binaries. */
function lockfile(binaries: readonly string[]): string {
  const packages = binaries.map((name) => {
    const [os, cpu, libc] = name.split('-');
    const more = libc === undefined ? '' : `, libc: [${libc}]`;
    return `  '@tool/${name}@1.0.0': { os: [${os}], cpu: [${cpu}]${more} }`;
  });
  const optional = binaries.map((name) => `      '@tool/${name}': 1.0.0`);
  return `packages:\n${packages.join('\n')}\nsnapshots:\n  tool@1.0.0(peer@2.0.0):\n    optionalDependencies:\n${optional.join('\n')}\n`;
}

it('finds in our lockfile the binaries of every platform', async () => {
  const text = await readFile(join(repositoryFolder, 'pnpm-lock.yaml'), 'utf8');
  expect(text).toContain("'@esbuild/darwin-arm64@");
  expect(missingPlatforms(text)).toEqual([]);
});

it('takes a tool that is linked statically', () => {
  expect(missingPlatforms(lockfile(everywhere))).toEqual([]);
});

it.each(everywhere)('names a tool that has nothing for %s', (platform) => {
  const others = everywhere.filter((each) => each !== platform);
  expect(missingPlatforms(lockfile(others))).toEqual([`tool@1.0.0 has no binary for ${platform}`]);
});

it('wants musl where glibc is told apart from it', () => {
  const binaries = everywhere.map((name) => (name.startsWith('linux') ? `${name}-glibc` : name));
  expect(missingPlatforms(lockfile(binaries))).toEqual([
    'tool@1.0.0 has no binary for linux-arm64-musl, linux-x64-musl',
  ]);
  const all = [...binaries, 'linux-arm64-musl', 'linux-x64-musl'];
  expect(missingPlatforms(lockfile(all))).toEqual([]);
});
