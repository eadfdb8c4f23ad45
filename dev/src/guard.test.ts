import { spawn } from 'node:child_process';
import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { poll } from './clock.ts';
import { startChild } from './child.ts';
import { temporaryFolder } from './folders.ts';
import { createGuard, type Guard } from './guard.ts';
import { startTimeOf } from './process-identity.ts';

const open: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

const isGone = async (pid: number): Promise<boolean> => (await startTimeOf(pid)) === undefined;
const isMissing = (path: string): Promise<boolean> =>
  access(path).then(
    () => false,
    () => true,
  );
const soon = { timeoutMs: 8_000, everyMs: 20 };

/** A program that starts two guarded processes, one of them deaf to SIGTERM, and prints the pids. */
function parentProgram(folder: string): string {
  const modules = JSON.stringify(join(import.meta.dirname, '/'));
  return `
    const { createGuard } = await import(${modules} + 'guard.ts');
    const { startChild } = await import(${modules} + 'child.ts');
    const guard = createGuard();
    const start = async (code, more) => {
      const ready = Promise.withResolvers();
      const child = await startChild({
        name: 'test', command: process.execPath, args: ['-e', code + ';console.log("up")'],
        env: {}, guard, onLine: ready.resolve, ...more,
      });
      await ready.promise;
      return child.pid;
    };
    const idle = 'setInterval(() => {}, 1000)';
    const polite = await start(idle, { last: true, folder: ${JSON.stringify(folder)} });
    const deaf = await start(idle + ';process.on("SIGTERM", () => {})');
    console.log(JSON.stringify([polite, deaf]));
  `;
}

async function idleChild(guard?: Guard): Promise<number> {
  const child = await startChild({
    name: 'test',
    command: process.execPath,
    args: ['-e', 'setInterval(() => {}, 1000)'],
    env: {},
    ...(guard === undefined ? {} : { guard }),
  });
  open.push(() => child.kill('SIGKILL'));
  return child.pid;
}

describe('a guard', () => {
  it('ends the guarded processes, and removes their folder, after a SIGKILL of ours', async () => {
    const folder = await temporaryFolder('test');
    open.push(() => rm(folder, { recursive: true, force: true }));
    const program = parentProgram(folder);
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program]);
    const line = Promise.withResolvers<string>();
    parent.stdout.setEncoding('utf8').once('data', line.resolve);
    const pids = JSON.parse(await line.promise) as number[];
    expect(pids).toHaveLength(2);
    for (const pid of pids) expect(await isGone(pid)).toBe(false);
    parent.kill('SIGKILL');
    for (const pid of pids) expect(await poll(() => isGone(pid), soon)).toBe(true);
    expect(await poll(() => isMissing(folder), soon)).toBe(true);
  }, 20_000);

  it('comes with every Redis: none is left after a SIGKILL of who started it', async () => {
    const file = JSON.stringify(join(import.meta.dirname, 'redis-server.ts'));
    const program = `
      const { startRedis } = await import(${file});
      const { pid, dir } = await startRedis();
      console.log(JSON.stringify({ pid, dir }));
    `;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program]);
    const line = Promise.withResolvers<string>();
    parent.stdout.setEncoding('utf8').once('data', line.resolve);
    const { pid, dir } = JSON.parse(await line.promise) as { pid: number; dir: string };
    expect(await isGone(pid)).toBe(false);
    parent.kill('SIGKILL');
    expect(await poll(() => isGone(pid), soon)).toBe(true);
    expect(await poll(() => isMissing(dir), soon)).toBe(true);
  }, 20_000);

  it('ends them when it is closed, and can be closed again', async () => {
    const guard = createGuard();
    const pid = await idleChild(guard);
    await guard.close();
    expect(await isGone(pid)).toBe(true);
    await guard.close();
  });

  it('leaves everybody else alone', async () => {
    const guard = createGuard();
    const pid = await idleChild();
    await guard.close();
    expect(await isGone(pid)).toBe(false);
  });
});
