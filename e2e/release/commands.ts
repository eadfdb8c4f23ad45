import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '@bot/dev';

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * An environment in which npm and pnpm know one registry and nothing of this machine's user. pnpm reads
 * `pnpm_config_*` only.
 */
export async function environmentOf(
  base: Environment,
  { folder, registry }: { readonly folder: string; readonly registry: string },
): Promise<Environment> {
  const userconfig = join(folder, 'npmrc');
  // Both ask for a token before they ask the registry, which takes any.
  await writeFile(userconfig, `${registry.replace('http:', '')}:_authToken=anybody\n`);
  const own = Object.entries(base).filter(([name]) => !/^p?npm_/i.test(name));
  return {
    ...Object.fromEntries(own),
    npm_config_registry: registry,
    npm_config_userconfig: userconfig,
    npm_config_cache: join(folder, 'npm-cache'),
    pnpm_config_registry: registry,
    pnpm_config_userconfig: userconfig,
    NO_PROXY: '127.0.0.1,localhost',
    TURBO_TELEMETRY_DISABLED: '1',
    GIT_AUTHOR_NAME: 'Rehearsal',
    GIT_AUTHOR_EMAIL: 'rehearsal@example.com',
    GIT_COMMITTER_NAME: 'Rehearsal',
    GIT_COMMITTER_EMAIL: 'rehearsal@example.com',
  };
}

/** Runs a program in a folder, to its end. */
export type Run = (...command: [string, ...string[]]) => Promise<string>;

/** What a program printed; a code other than 0 rejects with all of it. */
export function runIn(cwd: string, environment: Environment): Run {
  return async (...command) => {
    const { code, output } = await runCommand(command, { environment, cwd });
    if (code === 0) return output.trim();
    throw new Error(`${command.join(' ')} ended with ${code}:\n${output}`);
  };
}
