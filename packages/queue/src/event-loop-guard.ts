import { Worker } from 'node:worker_threads';
import { systemClock, type Clock } from './clock.ts';
import { InputError } from './errors.ts';

/** How long a process may be stuck. */
export interface EventLoopGuardOptions {
  /**
   * For how long the event loop may be blocked, in ms, before the process is killed. Default 10 s:
   * longer than a lease, so that by then the lanes are lost anyway.
   */
  readonly afterMs?: number;
  readonly clock?: Clock;
}

/** A watch over this process. Made by {@link guardEventLoop}. */
export interface EventLoopGuard {
  /** Ends it; the process may be blocked again. May be called more than once. */
  close(): Promise<void>;
}

/**
 * Kills this process when its event loop has been blocked for too long: by an endless loop, say. Such
 * a process holds its connections, answers nobody and never ends; dead, it is started again by
 * whoever looks after it, and what blocked it is counted as a lost attempt. A process that was only
 * stopped for a while, by SIGSTOP or with its machine, lives on.
 *
 * @throws {InputError} `afterMs` is below 100.
 *
 * @example
 * const guard = guardEventLoop({ afterMs: 10_000 });
 */
export function guardEventLoop(options: EventLoopGuardOptions = {}): EventLoopGuard {
  const { afterMs = 10_000, clock = systemClock } = options;
  if (!(afterMs >= 100)) throw new InputError(`afterMs must be at least 100, got ${afterMs}.`);
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const watcher = new Worker(WATCHER, {
    eval: true,
    execArgv: [],
    workerData: { beats, afterMs },
  });
  watcher.unref();
  const closing = new AbortController();
  const beating = beat();

  async function beat(): Promise<void> {
    while (!closing.signal.aborted) {
      Atomics.add(beats, 0, 1);
      await clock.wait(afterMs / 8, closing.signal);
    }
  }

  return {
    async close() {
      closing.abort();
      await Promise.all([beating, watcher.terminate()]);
    },
  };
}

/**
 * Runs in a thread of its own, which a blocked event loop does not block. One missed beat may only
 * mean that the whole process was stopped; two in a row are the event loop's.
 */
const WATCHER = `
const { workerData: { beats, afterMs } } = require('node:worker_threads');
const still = new Int32Array(new SharedArrayBuffer(4));
for (let last = -1, missed = 0; missed < 2; ) {
  Atomics.wait(still, 0, 0, afterMs / 2);
  const seen = Atomics.load(beats, 0);
  missed = seen === last ? missed + 1 : 0;
  last = seen;
}
const line = 'The event loop was blocked for ' + afterMs + ' ms; killing process ' + process.pid + '.\\n';
require('node:fs').writeSync(2, line);
process.kill(process.pid, 'SIGKILL');
`;
