import { runCommand } from '../command.ts';
import type { Environment } from '../environment.ts';

/** A clone in which programs run. */
export interface Repository {
  readonly folder: string;
  readonly environment: Environment;
  /**
   * What a program prints, both outputs, without the white space around.
   *
   * @throws CommandFailure when it ends with another code than 0.
   */
  run(program: string, ...args: readonly string[]): Promise<string>;
}

/** A program said no; the message is all that it printed. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';

  /** The line that says why, without what programs print around it. */
  get reason(): string {
    const around = /^$|^🦋|^\$ |^Scope: |ELIFECYCLE|RECURSIVE_RUN/;
    const lines = this.message.split('\n').map((line) => line.trim());
    const telling = lines.filter((line) => !around.test(line));
    const reason = telling.find((line) => /error\b.*: |ERR_PNPM/i.test(line)) ?? telling[0] ?? '';
    return /[.!?]$/.test(reason) ? reason : `${reason}.`;
  }
}

export function openRepository(
  folder: string,
  environment: Environment,
  signal?: AbortSignal,
): Repository {
  return {
    folder,
    environment,
    async run(program, ...args) {
      const { code, output } = await runCommand([program, ...args], {
        environment,
        cwd: folder,
        ...(signal === undefined ? {} : { signal }),
      });
      signal?.throwIfAborted();
      if (code !== 0) throw new CommandFailure(output);
      return output.trim();
    },
  };
}
