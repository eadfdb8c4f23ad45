import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import type { Environment } from './environment.ts';
import { repositoryFolder } from './folders.ts';

/** How a command ended, and all that it printed. */
export interface CommandResult {
  readonly code: number | null;
  readonly output: string;
}

/**
 * Runs a program of this repository to its end, its output collected, or shown as it comes. An
 * abort ends it with all that it started.
 */
export function runCommand(
  [program, ...args]: readonly [string, ...string[]],
  options: {
    readonly environment: Environment;
    readonly cwd?: string;
    readonly show?: boolean;
    readonly signal?: AbortSignal;
  },
): Promise<CommandResult> {
  const { environment, cwd = repositoryFolder, show = false, signal } = options;
  const bin = join(repositoryFolder, 'node_modules', '.bin');
  const child = spawn(program, args, {
    cwd,
    detached: true,
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    env: { ...environment, PATH: `${bin}${delimiter}${environment['PATH'] ?? ''}` },
  });
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const stop = (): void => endGroup(child.pid);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted === true) stop();
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      signal?.removeEventListener('abort', stop);
      resolve({ code, output: Buffer.concat(chunks).toString() });
    });
  });
}

/** A group has the number of its first process, and may be gone before we hear of it. */
function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
