import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const root = join(import.meta.dirname, '..', '..');

/** `npm start` as a process, and what it printed. */
export interface Started {
  readonly process: ChildProcess;
  readonly output: () => string;
  /** Resolves when the output holds the text; rejects with all of it when the process ends first. */
  readonly prints: (text: string) => Promise<void>;
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
}

/** Starts in a group of its own, as a terminal would, with the variables given and no others. */
export function startCommand(variables: Record<string, string>): Started {
  const child = spawn('npm', ['start'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...variables },
  });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? ''));
  });
  return {
    process: child,
    output: () => output,
    ended,
    prints: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (output.includes(text)) resolve();
        };
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`It ended without "${text}":\n${output}`)));
      }),
  };
}

/** All processes that a process has started, and those that they have started. */
export function descendants(pid: number): number[] {
  const listed = execFileSync('ps', ['-eo', 'pid=,ppid=']).toString().trim().split('\n');
  const all = listed.map((line) => line.trim().split(/\s+/).map(Number));
  const found = [pid];
  // Grows while it is walked: children of children are looked for as well.
  for (const parent of found) {
    for (const [own = 0, above] of all) if (above === parent) found.push(own);
  }
  return found.slice(1);
}

/** Resolves when none of the processes is left; rejects with those that are after `timeoutMs`. */
export async function untilGone(pids: readonly number[], timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (let left = pids; ; left = left.filter(isAlive)) {
    if (left.length === 0) return;
    if (performance.now() > deadline) throw new Error(`Still running: ${left.join(', ')}`);
    await delay(50);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
