import { readFile, rename, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Files } from './files.ts';
import type { Operations } from './operations.ts';
import { run } from './run.ts';
import type { Terminal } from './terminal.ts';

/** What {@link runCommand} takes. */
export interface CommandOptions {
  /**
   * Makes what the command works on, from the environment; connects to nothing. Called when the
   * arguments are right. What it throws ends the process with 2 and its message.
   */
  readonly open: (environment: Readonly<Record<string, string | undefined>>) => Operations;
}

/**
 * Runs the command `bot` as this process: reads its arguments, does what they say, and sets the exit
 * code: 0 when all is well, 1 when something needs a person, 2 when the usage or the configuration is
 * wrong. Ctrl-C stops long work between two items.
 *
 * @example
 * await runCommand({ open: (environment) => operationsOf(readConfig(environment)) });
 */
export async function runCommand({ open }: CommandOptions): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  // Who reads has read enough: `bot dead-letters list | head -1`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.exitCode = await run(process.argv.slice(2), {
    open: () => open(process.env),
    terminal: createTerminal(),
    files,
    signal: stop.signal,
  });
}

const files: Files = {
  read: (path) => readFile(path, 'utf8'),
  async write(path, text) {
    // A bot that starts meanwhile must not read half of it.
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
  },
};

function createTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  const isWatched = stderr.isTTY;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    columns: stdout.isTTY ? stdout.columns : undefined,
    isWatched,
    ask: stdin.isTTY && isWatched ? ask : undefined,
  };

  function ask(question: string, signal: AbortSignal): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    // Not as a terminal of its own: that would keep Ctrl-C from becoming a signal.
    const lines = createInterface({ input: stdin, terminal: false });
    const end = (): void => {
      stderr.write('\n');
      resolve('');
    };
    lines.once('close', end);
    lines.once('line', (line) => {
      lines.off('close', end);
      resolve(line);
    });
    signal.addEventListener('abort', () => lines.close(), { once: true });
    stderr.write(question);
    return promise.finally(() => lines.close());
  }
}
