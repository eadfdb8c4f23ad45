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
  readonly run: (program: string, ...args: readonly string[]) => Promise<string>;
}

/** A program said no; the message is all that it printed. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';

  /** What says why, as one line, without what programs print around it. */
  get reason(): string {
    const around = /^$|^🦋|^\$ |^Scope: |ELIFECYCLE|RECURSIVE_RUN/;
    const lines = this.message.split('\n').map((line) => line.trim());
    const telling = lines.filter((line) => !around.test(line));
    // Of a script that failed pnpm knows nothing itself.
    const drawn = this.message.includes('RECURSIVE_RUN') ? undefined : drawnReason(lines);
    const found = telling.findIndex((line) => /error\b.*:|ERR_PNPM/i.test(line));
    const [first = '', second = ''] = telling.slice(Math.max(found, 0));
    const reason = drawn ?? (first.endsWith(':') ? `${first} ${second}` : first);
    return /[.!?]$/.test(reason) ? reason : `${reason}.`;
  }
}

/** pnpm draws its errors: the failure behind a cross, causes and further lines on a rule below it. */
function drawnReason(lines: readonly string[]): string | undefined {
  const begin = lines.findIndex((line) => /(^| )× /.test(line));
  if (begin === -1) return undefined;
  const below = lines.slice(begin + 1).findIndex((line) => !/^[│├╰]/.test(line));
  const drawing = lines.slice(begin, below === -1 ? undefined : begin + 1 + below);
  return drawing.map((line) => line.replace(/^(.*× |│ *|[├╰]─▶ *)/, '')).join(' ');
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
