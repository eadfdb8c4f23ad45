import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { freePort, runCommand } from '@bot/dev';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
/** Beside the shop, whose packages it uses; the guide installs them. */
const folder = join(root, 'examples', `guide-${process.pid}`);

/** The files of the guide in the order in which it writes them. */
async function filesOf(guide: string): Promise<{ name: string; content: string }[]> {
  const text = await readFile(join(root, 'docs', guide), 'utf8');
  const blocks = text.matchAll(/^`examples\/my-shop\/(.+)`:\n\n```\w+\n([\s\S]*?)```$/gm);
  return [...blocks].map(([, name = '', content = '']) => ({ name, content }));
}

beforeAll(async () => {
  await mkdir(folder);
  await symlink(join(root, 'examples', 'shop', 'node_modules'), join(folder, 'node_modules'));
});

afterAll(() => rm(folder, { recursive: true }));

async function test(): Promise<string> {
  const command = ['vitest', 'run', '--project', 'examples', basename(folder)] as const;
  const { output } = await runCommand(command, { environment: process.env });
  return output;
}

it('is a shop that works, as the guide builds it', async () => {
  let tests = 0;
  for (const { name, content } of await filesOf('build-a-shop.md')) {
    await writeFile(join(folder, name), content);
    if (!name.endsWith('.test.ts')) continue;
    expect(await test()).toMatch(/Tests .*1 passed/);
    tests += 1;
  }
  expect(tests).toBe(2);

  const shop = spawn('node', ['my-shop.ts'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], PORT: String(await freePort()), CHAT_PORT: '0' },
  });
  let output = '';
  for await (const chunk of shop.stdout) {
    output += String(chunk);
    if (output.includes('payload: "GET_STARTED"')) break;
  }
  const [, page = ''] = /Chat page: (\S+)/.exec(output) ?? [];
  expect((await fetch(page)).status).toBe(200);
  const ended = once(shop, 'exit');
  shop.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});
