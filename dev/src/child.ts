import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { delay } from './clock.ts';
import type { Environment } from './environment.ts';
import type { Guard } from './guard.ts';

/** How a process ended. */
export interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether `stop` or `kill` asked for it. */
  readonly expected: boolean;
}

/** A running process that this one started. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Resolves when it has ended and its output is read; never rejects. */
  readonly exited: Promise<ChildExit>;
  /** Its last lines, of both outputs. */
  tail(): readonly string[];
  /** Sends the signal and waits for the end. */
  kill(signal: NodeJS.Signals): Promise<ChildExit>;
  /** SIGTERM, and SIGKILL when it has not ended after the grace (ms). May be called again. */
  stop(graceMs?: number): Promise<ChildExit>;
}

interface RequiredOptions {
  /** What people read: `worker`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** All of its environment; nothing of ours is added. */
  readonly env: Environment;
}

interface OptionalOptions {
  /** Working folder. Default: ours. */
  readonly cwd: string;
  /** Written to its standard input, which then closes: keeps secrets out of the arguments. */
  readonly input: string;
  /** Ends the process when ours dies. */
  readonly guard: Guard;
  /** Ended after the other guarded processes. Default false. */
  readonly last: boolean;
  /** Removed by the guard after the process has ended without us. */
  readonly folder: string;
  /** Is told each line of its output. */
  readonly onLine: (line: string, name: string) => void;
}

/** What `startChild` takes. */
export interface ChildOptions extends RequiredOptions, Partial<OptionalOptions> {}

const TAIL_LINES = 30;
const GRACE_MS = 10_000;

/**
 * Starts a process in its own group, so that a Ctrl-C at the terminal reaches only us and the
 * order of the stop is ours.
 *
 * @throws when the program cannot be run.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { name, command, args, env, cwd, input, guard, onLine } = options;
  const spawned = spawn(command, [...args], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  const tail: string[] = [];
  const read = (stream: Readable): void => {
    createInterface({ input: stream }).on('line', (line) => {
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      onLine?.(line, name);
    });
  };
  read(spawned.stdout);
  read(spawned.stderr);
  // A process that ends before it has read its input breaks the pipe; its exit tells the story.
  spawned.stdin.on('error', () => {});
  spawned.stdin.end(input ?? '');

  let expected = false;
  const ended = Promise.withResolvers<ChildExit>();
  const started = Promise.withResolvers<void>();
  spawned.once('spawn', () => started.resolve());
  spawned.once('error', (error) => started.reject(error));
  spawned.once('close', (code, signal) => ended.resolve({ code, signal, expected }));
  await started.promise;
  const pid = spawned.pid ?? 0;
  await guard?.add(pid, {
    last: options.last ?? false,
    ...(options.folder === undefined ? {} : { folder: options.folder }),
  });

  function send(signal: NodeJS.Signals): void {
    expected = true;
    spawned.kill(signal);
  }
  return {
    name,
    pid,
    exited: ended.promise,
    tail: () => tail,
    kill(signal) {
      send(signal);
      return ended.promise;
    },
    async stop(graceMs = GRACE_MS) {
      send('SIGTERM');
      const patience = new AbortController();
      const impatience = delay(graceMs, patience.signal).then(
        () => send('SIGKILL'),
        () => undefined,
      );
      await Promise.race([ended.promise, impatience]);
      patience.abort();
      return ended.promise;
    },
  };
}

/** `worker ended by itself (code 1)`. */
export function describeExit(name: string, { code, signal }: ChildExit): string {
  return `${name} ended by itself (${signal ?? `code ${code}`})`;
}
