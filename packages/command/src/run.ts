import { type Context, reasonOf, type Verdict } from './context.ts';
import type { Files } from './files.ts';
import type { Operations } from './operations.ts';
import { createOutput } from './output.ts';
import { printable } from './printable.ts';
import { readArguments } from './program.ts';
import type { Terminal } from './terminal.ts';

/** What one run of the command is made of. */
export interface Run {
  /** Makes what the command works on; what it throws is a configuration that is wrong. */
  readonly open: () => Operations;
  readonly terminal: Terminal;
  readonly files: Files;
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal;
}

/** All is well, something needs a person, the command or its configuration is wrong. */
export type ExitCode = 0 | 1 | 2;

/** Runs one command to its end. */
export async function run(
  args: readonly string[],
  { open, terminal, files, signal }: Run,
): Promise<ExitCode> {
  const asked = readArguments(args, terminal);
  if (asked.kind === 'shown') return 0;
  if (asked.kind === 'wrong') return fail(2, `${asked.reason} (bot --help shows the usage)`);
  const output = createOutput(terminal, asked);
  if (asked.kind === 'files') return end(asked.work({ files, output }));
  let operations: Operations;
  try {
    operations = open();
  } catch (error) {
    return fail(2, reasonOf(error));
  }
  const context: Context = { operations, output, terminal, signal };
  try {
    return await end(asked.work(context));
  } finally {
    await operations.close();
  }

  async function end(work: Promise<Verdict>): Promise<ExitCode> {
    try {
      return (await work) === 'well' ? 0 : 1;
    } catch (error) {
      // The signal's own reason is thrown before a first change only: a batch tells how far it came.
      // What else fails may do so after that, Ctrl-C or not.
      const isStopped = signal.aborted && error === signal.reason;
      return fail(1, isStopped ? 'Stopped; nothing was changed.' : reasonOf(error));
    }
  }

  function fail(code: ExitCode, reason: string): ExitCode {
    terminal.err(`bot: ${printable(reason)}\n`);
    return code;
  }
}
