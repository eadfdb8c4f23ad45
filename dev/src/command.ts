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
  // The group has the number of its first process.
  const stop = (): boolean => child.pid !== undefined && process.kill(-child.pid, 'SIGTERM');
  signal?.addEventListener('abort', stop, { once: true });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      signal?.removeEventListener('abort', stop);
      resolve({ code, output: Buffer.concat(chunks).toString() });
    });
  });
}
