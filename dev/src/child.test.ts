import { afterEach, describe, expect, it } from 'vitest';
import { type Child, type ChildOptions, describeExit, startChild } from './child.ts';

const open: Child[] = [];

afterEach(async () => {
  for (const child of open.splice(0)) await child.kill('SIGKILL');
});

async function run(code: string, more: Partial<ChildOptions> = {}): Promise<Child> {
  const program = { name: 'test', command: process.execPath, args: ['-e', code], env: {} };
  const child = await startChild({ ...program, ...more });
  open.push(child);
  return child;
}

/** Runs it, and waits for its first line. */
async function untilItSpeaks(code: string): Promise<Child> {
  const spoke = Promise.withResolvers<string>();
  const child = await run(code, { onLine: spoke.resolve });
  await spoke.promise;
  return child;
}

describe('a child', () => {
  it('tells each line as it comes, and keeps the last ones of both outputs', async () => {
    const lines: string[] = [];
    const child = await run(
      'for (let i = 1; i <= 40; i++) console.log("dòng " + i); console.error("lỗi")',
      { onLine: (line, name) => lines.push(`${name}: ${line}`) },
    );
    expect(await child.exited).toEqual({ code: 0, signal: null, expected: false });
    expect(lines).toHaveLength(41);
    expect(lines).toContain('test: dòng 1');
    expect(child.tail()).toHaveLength(30);
    expect(child.tail()).toContain('dòng 40');
    expect(child.tail()).toContain('lỗi');
  });

  it('gets the given environment and input, and nothing of ours', async () => {
    const print =
      'console.log(Object.keys(process.env).join()); process.stdin.pipe(process.stdout)';
    const child = await run(print, { env: { ONLY: 'this' }, input: 'bí mật' });
    await child.exited;
    expect(child.tail()).toEqual(['ONLY', 'bí mật']);
  });

  it('is stopped by SIGTERM when it listens', async () => {
    const child = await untilItSpeaks(
      'setInterval(() => {}, 1000); process.on("SIGTERM", () => process.exit(0)); console.log("up")',
    );
    const exit = { code: 0, signal: null, expected: true };
    expect(await child.stop()).toEqual(exit);
    expect(await child.stop()).toEqual(exit);
  });

  it('is killed after the grace when it does not', async () => {
    const child = await untilItSpeaks(
      'setInterval(() => {}, 1000); process.on("SIGTERM", () => {}); console.log("up")',
    );
    expect(await child.stop(50)).toEqual({ code: null, signal: 'SIGKILL', expected: true });
  });

  it('that ends by itself is told from one that was stopped', async () => {
    const child = await run('process.exit(3)');
    expect(describeExit('worker', await child.exited)).toBe('worker ended by itself (code 3)');
  });

  it('that cannot be run is an error', async () => {
    await expect(run('', { command: '/nowhere/program' })).rejects.toThrow('ENOENT');
  });
});
