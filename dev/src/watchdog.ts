/**
 * A process of its own: it reads from its standard input which processes it guards, one JSON line
 * each, and ends them when the input closes. A pipe closes however its writer dies, by SIGKILL
 * too, so nothing that was started is left behind. Started by `createGuard`.
 */
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { poll } from './clock.ts';
import { startTimeOf } from './process-identity.ts';

/** One guarded process, as it travels over the pipe. */
export interface Guarded {
  readonly pid: number;
  /** Its start time, against reuse of its number. */
  readonly started: string;
  /** Ended after all others: what the others need to finish their work. */
  readonly last: boolean;
  /** Removed once the process has ended. */
  readonly folder?: string;
}

const GRACE_MS = 3_000;

async function isAlive({ pid, started }: Guarded): Promise<boolean> {
  return (await startTimeOf(pid)) === started;
}

async function kill(guarded: Guarded, signal: NodeJS.Signals): Promise<void> {
  if (!(await isAlive(guarded))) return;
  try {
    process.kill(guarded.pid, signal);
  } catch {
    // It ended in between.
  }
}

async function end(guarded: Guarded): Promise<void> {
  const isGone = async (): Promise<boolean> => !(await isAlive(guarded));
  await kill(guarded, 'SIGTERM');
  if (!(await poll(isGone, { timeoutMs: GRACE_MS, everyMs: 50 }))) {
    await kill(guarded, 'SIGKILL');
    await poll(isGone, { timeoutMs: GRACE_MS, everyMs: 50 });
  }
  if (guarded.folder !== undefined) await rm(guarded.folder, { recursive: true, force: true });
}

async function watch(): Promise<void> {
  const guarded: Guarded[] = [];
  for await (const line of createInterface({ input: process.stdin })) {
    guarded.push(JSON.parse(line) as Guarded);
  }
  await Promise.all(guarded.filter(({ last }) => !last).map(end));
  await Promise.all(guarded.filter(({ last }) => last).map(end));
}

if (process.argv[1] === import.meta.filename) {
  // Ctrl-C and a closed terminal are for those who have something to finish; we wait for the pipe.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  await watch();
}
