import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { poll } from './clock.ts';
import { runCommand } from './command.ts';
import { currentEnvironment } from './environment.ts';
import { temporaryFolder } from './folders.ts';
import { startTimeOf } from './process-identity.ts';

const environment = currentEnvironment();
const soon = { timeoutMs: 3_000, everyMs: 10 };

describe('a command', () => {
  it('answers its code and all that it printed', async () => {
    expect(
      await runCommand(['sh', '-c', 'echo ra; echo lỗi >&2; exit 3'], { environment }),
    ).toEqual({ code: 3, output: 'ra\nlỗi\n' });
  });

  it('finds the tools of this repository', async () => {
    const { code } = await runCommand(['tsc', '--version'], { environment });
    expect(code).toBe(0);
  });

  it('is ended with all that it started when it is aborted', async () => {
    const folder = await temporaryFolder('test');
    const note = join(folder, 'pid');
    const stopping = new AbortController();
    const running = runCommand(['sh', '-c', `sleep 60 & echo $! > "${note}"; wait`], {
      environment,
      signal: stopping.signal,
    });
    let grandchild = 0;
    const isNoted = async (): Promise<boolean> => {
      grandchild = Number(await readFile(note, 'utf8').catch(() => '0'));
      return grandchild > 0;
    };
    expect(await poll(isNoted, soon)).toBe(true);
    stopping.abort();
    expect((await running).code).not.toBe(0);
    const isGone = async (): Promise<boolean> => (await startTimeOf(grandchild)) === undefined;
    expect(await poll(isGone, soon)).toBe(true);
    await rm(folder, { recursive: true });
  });

  it('is not waited for when the abort came first', async () => {
    const signal = AbortSignal.abort();
    expect((await runCommand(['sleep', '60'], { environment, signal })).code).not.toBe(0);
  });
});
