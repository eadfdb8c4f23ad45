import { spawn } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { currentEnvironment, type Environment } from './environment.ts';
import { repositoryFolder, temporaryFolder } from './folders.ts';

/** Plain JavaScript, since it runs on a Node that is too old for everything else. */
interface Toolchain {
  cleanEnvironment(environment: Environment): Environment;
  explainFailure(program: string, said: string): string;
  nodeFits(version: string): boolean;
  pnpmPin(packageJson: string): string | undefined;
}

const script = join(repositoryFolder, 'scripts', 'toolchain.mjs');
const toolchain = (await import(script)) as Toolchain;
const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** Runs the launcher with these variables only, by the Node that runs this test. */
async function launch(
  args: readonly string[],
  env: Environment,
): Promise<{ code: number; printed: string; complained: string }> {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env },
  });
  const exit = new Promise<number>((resolve) => {
    child.once('exit', (code) => resolve(code ?? -1));
  });
  const [code, printed, complained] = await Promise.all([
    exit,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, printed, complained };
}

/** A machine without pnpm, with an empty cache, and with an npm that says this and fails. */
async function bareMachine(npmSays?: string): Promise<Environment & { XDG_CACHE_HOME: string }> {
  const folder = await temporaryFolder('test');
  folders.push(folder);
  const [bin, cache] = [join(folder, 'bin'), join(folder, 'cache')];
  await mkdir(bin);
  if (npmSays !== undefined) {
    const npm = join(bin, 'npm');
    await writeFile(npm, `#!/bin/sh\necho '${npmSays}' >&2\nexit 1\n`);
    await chmod(npm, 0o755);
  }
  return { PATH: bin, XDG_CACHE_HOME: cache };
}

describe('the launcher', () => {
  it.each([
    ['v18.20.8', false],
    ['v20.20.2', false],
    ['v22.18.0', false],
    ['v22.19.0', true],
    ['v23.11.0', false],
    ['v24.10.0', false],
    ['v24.11.0', true],
    ['v25.9.0', false],
    ['v26.0.0', true],
    ['v27.1.0', true],
  ])('with Node %s at hand: good enough is %s', (version, fits) => {
    expect(toolchain.nodeFits(version)).toBe(fits);
  });

  it('reads the exact pnpm from package.json', async () => {
    const packageJson = await readFile(join(repositoryFolder, 'package.json'), 'utf8');
    expect(toolchain.pnpmPin(packageJson)).toMatch(/^\d+\.\d+\.\d+$/);
    expect(toolchain.pnpmPin('{"packageManager":"pnpm@1.2.3+sha512.ab"}')).toBe('1.2.3');
  });

  it('drops what npm adds, and keeps the way to the registry for npm and pnpm', () => {
    expect(
      toolchain.cleanEnvironment({
        HOME: '/home/lan',
        npm_lifecycle_event: 'start',
        npm_config_local_prefix: '/elsewhere',
        npm_config_noproxy: '',
        NPM_CONFIG_REGISTRY: 'http://localhost:4873',
      }),
    ).toEqual({
      HOME: '/home/lan',
      npm_config_registry: 'http://localhost:4873',
      pnpm_config_registry: 'http://localhost:4873',
    });
  });

  it.each([
    ['npm error code ENOSPC', /^npm: the disk is full\./],
    ['npm error code ENOTFOUND', /^npm cannot reach the package registry\. Check the network/],
    ['npm error code SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
    ['npm error code E404', /^npm failed: code E404$/],
  ])('explains "%s" in one line, and leaves nothing half done', async (said, line) => {
    const machine = await bareMachine(said);
    const { code, complained } = await launch(['node', '--version'], machine);
    expect(code).toBe(1);
    const lines = complained.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^… fetching .*pnpm@/);
    expect(lines[1]).toMatch(line);
    expect(await readdir(join(machine.XDG_CACHE_HOME, 'messenger-bot-backend'))).toEqual([]);
  });

  it('says so when npm is missing', async () => {
    const { code, complained } = await launch(['node', '--version'], await bareMachine());
    expect(code).toBe(1);
    expect(complained).toMatch(/\nnpm is missing: install Node\.js with npm from .*\n$/);
  });

  it('says which dependency files do not match', () => {
    const said = '[ERR_PNPM_OUTDATED_LOCKFILE] Cannot install with "frozen-lockfile"';
    expect(toolchain.explainFailure('pnpm', said)).toMatch(/^pnpm-lock\.yaml does not match/);
  });

  it('passes arguments, a channel and the exit code', async () => {
    const code = 'console.log(process.argv[1], process.connected); process.exit(7)';
    const end = await launch(['node', '-e', code, '--', 'chào'], currentEnvironment());
    expect(end).toMatchObject({ code: 7, printed: 'chào true\n' });
  });
});
