import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '@bot/dev';
import { afterAll, beforeAll, expect, it } from 'vitest';

const repository = join(import.meta.dirname, '..', '..');
let copy: string;

/** What a command has to complain of; undefined when all is well. */
async function complaintOf(...command: [string, ...string[]]): Promise<string | undefined> {
  const { code, output } = await runCommand(command, { environment: process.env, cwd: copy });
  return code === 0 ? undefined : output;
}

/** The repository as it stands, with a history of its own, and one package more. */
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'new-package-'));
  const listed = execFileSync('git', ['ls-files', '-z', '-c', '-o', '--exclude-standard'], {
    cwd: repository,
  });
  for (const file of listed.toString().split('\0').filter(Boolean)) {
    await cp(join(repository, file), join(copy, file)).catch((error: NodeJS.ErrnoException) => {
      // Deleted, and not committed yet.
      if (error.code !== 'ENOENT') throw error;
    });
  }
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  const git = (...args: readonly string[]): unknown => execFileSync('git', args, { cwd: copy });
  git('init', '--quiet');
  git('add', '--all');
  git(...who, '-c', 'commit.gpgsign=false', 'commit', '--quiet', '--message=All');
  const make = ['scripts/toolchain.mjs', 'node', 'dev/src/new-package.ts', 'web-chat'];
  const complaint = await complaintOf('node', ...make);
  if (complaint !== undefined) throw new Error(complaint);
});

afterAll(() => rm(copy, { recursive: true, force: true }));

it.each([
  ['is built', 'turbo run build --filter=@bot/web-chat'],
  ['is formatted', 'oxfmt --check'],
  ['has nothing that the linter dislikes', 'oxlint --type-aware --deny-warnings packages/web-chat'],
  ['has sound types', 'turbo run check:types --filter=@bot/web-chat'],
  ['has nothing that is unused', 'knip'],
  ['is documented', 'typedoc --emit none --logLevel Warn'],
  ['is packed well', 'turbo run check:packed --filter=@bot/web-chat'],
  ['has its exports and its changeset', 'node dev/src/check-api.ts'],
  ['leaves the lockfile whole', 'node dev/src/check-lockfile.ts'],
  [
    'passes its own tests and those of the repository',
    'vitest run --project web-chat --project repository',
  ],
])('a new package %s, unedited', async (_, command) => {
  expect(await complaintOf('pnpm', 'exec', ...command.split(' '))).toBeUndefined();
});

it('a new package can be installed with the lockfile as it is, in CI and by others', async () => {
  expect(await readFile(join(copy, 'pnpm-lock.yaml'), 'utf8')).toContain('\n  packages/web-chat:');
});
