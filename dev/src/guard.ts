import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startTimeOf } from './process-identity.ts';
import type { Guarded } from './watchdog.ts';

/** Sees to it that processes do not outlive this one, however this one ends. */
export interface Guard {
  /** From now on the process ends with us. `last`: after the others; `folder`: removed with it. */
  add(pid: number, options?: { last?: boolean; folder?: string }): Promise<void>;
  /** Ends what is still running of the guarded ones, and the guard itself. May be called again. */
  close(): Promise<void>;
}

/**
 * Starts a small process beside this one that waits for our death and then ends what we started:
 * SIGTERM, after three seconds SIGKILL.
 */
export function createGuard(): Guard {
  const watchdog = spawn(process.execPath, [join(import.meta.dirname, 'watchdog.ts')], {
    // Its own group: a Ctrl-C at the terminal must not reach it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
  });
  const exited = once(watchdog, 'exit');
  // A broken pipe means that the watchdog was killed; the processes then only lose their guard.
  watchdog.stdin.on('error', () => undefined);
  watchdog.unref();
  return {
    async add(pid, { last = false, folder } = {}) {
      const started = await startTimeOf(pid);
      if (started === undefined) return;
      const guarded: Guarded = { pid, started, last, ...(folder === undefined ? {} : { folder }) };
      watchdog.stdin.write(`${JSON.stringify(guarded)}\n`);
    },
    async close() {
      watchdog.stdin.end();
      watchdog.ref();
      await exited;
    },
  };
}
