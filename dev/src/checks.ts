import { runCommand } from './command.ts';
import type { Environment } from './environment.ts';
import type { Terminal } from './terminal.ts';

/** Scripts of the root's package.json, in the order in which it is worth knowing. */
const checks = [
  'build',
  'check:format',
  'check:lint',
  'check:types',
  'check:unused',
  'check:docs',
  'check:packed',
  'check:api',
  'check:lockfile',
] as const;

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Runs every check, also after one failed; shows the output of those that fail.
 *
 * @throws the signal's reason when it aborts: half a tally says nothing.
 */
export async function runChecks(
  terminal: Terminal,
  environment: Environment,
  signal: AbortSignal,
): Promise<Tally> {
  let failed = 0;
  for (const name of checks) {
    try {
      await terminal.step(name, async () => {
        const { code, output } = await runCommand(['pnpm', 'run', '--silent', name], {
          environment,
          signal,
        });
        if (code !== 0) throw new Error(output);
      });
    } catch (error) {
      signal.throwIfAborted();
      failed += 1;
      terminal.complain(error instanceof Error ? error.message : String(error));
    }
  }
  return { passed: checks.length - failed, failed };
}

/** The line that ends every run. */
export function summary({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}
