import { execFileSync } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { currentEnvironment } from '../environment.ts';
import { repositoryFolder, temporaryFolder } from '../folders.ts';
import { checkApi, writeReports } from './check.ts';

const environment = currentEnvironment();
let repository: string;
let library: string;

function git(...args: readonly string[]): void {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  execFileSync('git', [...who, '-c', 'commit.gpgsign=false', ...args], { cwd: repository });
}

async function exportFrom(code: string): Promise<void> {
  await writeFile(join(library, 'src', 'index.ts'), code);
  await writeReports(repository);
}

async function release(version: string, more: object = {}): Promise<void> {
  const manifest = {
    ...more,
    name: '@bot/x',
    version,
    exports: { '.': { '@bot/source': './src/index.ts' } },
  };
  await writeFile(join(library, 'package.json'), JSON.stringify(manifest, undefined, 2));
  await rm(join(repository, '.changeset'), { recursive: true, force: true });
  await mkdir(join(repository, '.changeset'));
}

async function changeset(bump: string): Promise<void> {
  await writeFile(
    join(repository, '.changeset', 'a.md'),
    `---\n'@bot/x': ${bump}\n---\n\nWords.\n`,
  );
}

beforeEach(async () => {
  repository = await temporaryFolder('api');
  library = join(repository, 'packages', 'x');
  await mkdir(join(library, 'src'), { recursive: true });
  await cp(join(repositoryFolder, '.oxfmtrc.json'), join(repository, '.oxfmtrc.json'));
  git('init', '--quiet');
  await release('1.0.0');
  await exportFrom('export function a(): number { return 1; }');
  git('add', '-A');
  git('commit', '--quiet', '-m', 'Release');
});

afterEach(() => rm(repository, { recursive: true, force: true }));

const check = (): Promise<string[]> => checkApi(repository, environment);

it('has nothing against what was released', async () => {
  expect(await check()).toEqual([]);
});

it('asks for a fresh report', async () => {
  await writeFile(join(library, 'api.md'), '# By hand\n');
  expect(await check()).toEqual([
    'packages/x/api.md is stale: run `pnpm api`, and commit what it changes.',
  ]);
});

it('wants a major for what is gone, and says what that is', async () => {
  await exportFrom('export const b: number = 1;');
  await changeset('minor');
  const [problem] = await check();
  expect(problem).toContain('@bot/x exports has changed since 1.0.0. That needs a major changeset');
  expect(problem).toContain('break: a of @bot/x');
  expect(problem).toContain('addition: b of @bot/x');
  await changeset('major');
  expect(await check()).toEqual([]);
});

it('wants a minor for what is new', async () => {
  await exportFrom('export function a(): number { return 1; }\nexport const b: number = 1;');
  expect((await check())[0]).toContain(
    'needs a minor changeset, and the heaviest that waits is none',
  );
  await changeset('patch');
  expect((await check())[0]).toContain('the heaviest that waits is patch');
  await changeset('minor');
  expect(await check()).toEqual([]);
});

it('looks back to the last version, not to the last change of its package.json', async () => {
  await release('1.0.0', { sideEffects: false });
  await exportFrom('export const b: number = 1;');
  git('add', '-A');
  git('commit', '--quiet', '-m', 'Change');
  expect((await check())[0]).toContain('needs a major changeset');
});

it('takes a minor for everything before 1.0', async () => {
  await release('0.3.0');
  git('add', '-A');
  git('commit', '--quiet', '-m', 'Release');
  await exportFrom('export const b: number = 1;');
  expect((await check())[0]).toContain('needs a minor changeset');
  await changeset('minor');
  expect(await check()).toEqual([]);
});

it('asks for nothing where a new version is on its way', async () => {
  await exportFrom('export const b: number = 1;');
  await release('2.0.0');
  expect(await check()).toEqual([]);
});

it('wants a minor for a package that is new', async () => {
  git('rm', '--quiet', '--cached', '-r', 'packages/x');
  git('commit', '--quiet', '-m', 'Forget');
  expect((await check())[0]).toContain('needs a minor changeset');
});
