import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';

const run = promisify(execFile);
const packages = join(import.meta.dirname, '..', '..', 'packages');
let folder: string;

/** A folder of somebody else's, with what npm would put there. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packed-emulator-'));
  const modules = join(folder, 'node_modules');
  for (const name of ['graph-client', 'emulator']) {
    const installed = join(modules, '@bot', name);
    await mkdir(installed, { recursive: true });
    const cwd = join(packages, name);
    await run('pnpm', ['pack', '--out', join(folder, `${name}.tgz`)], { cwd });
    const tarball = join(folder, `${name}.tgz`);
    await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed]);
  }
  for (const name of ['fastify', 'undici', 'zod']) {
    await symlink(join(packages, 'emulator', 'node_modules', name), join(modules, name));
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it('the published emulator starts from its tarball and serves its page, all of it', async () => {
  const webhook = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  await once(webhook, 'listening');
  const { port } = webhook.address() as { port: number };
  onTestFinished(() => void webhook.close());
  const emulator = fork(
    join(folder, 'node_modules', '@bot', 'emulator', 'dist', 'cli.js'),
    ['--webhook', `http://127.0.0.1:${port}/webhook`, '--port', '0'],
    { cwd: folder, execArgv: [], env: { PATH: process.env['PATH'] }, silent: true },
  );
  onTestFinished(() => void emulator.kill('SIGKILL'));
  const [ready] = (await once(emulator, 'message')) as [{ url: string }];

  const html = await (await fetch(ready.url)).text();
  const assets = [...html.matchAll(/(?:src|href)="\.?(\/[^"]+)"/g)].map(([, path]) => path);
  expect(assets.length).toBeGreaterThanOrEqual(2);
  for (const path of [...assets, '/like.svg', '/picture.svg']) {
    const answer = await fetch(ready.url + path);
    expect([path, answer.status]).toEqual([path, 200]);
  }
  const page = join(folder, 'node_modules', '@bot', 'emulator', 'dist', 'page');
  expect(await readdir(page)).toContain('index.html');
  emulator.disconnect();
  expect(await once(emulator, 'exit')).toEqual([0, null]);
});
