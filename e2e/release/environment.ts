import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '@bot/dev';

/**
 * An environment in which npm and pnpm know one registry and nothing of this machine's user, and in
 * which nobody proves to be a workflow. pnpm reads `pnpm_config_*` only.
 */
export async function environmentOf(
  base: Environment,
  { folder, registry }: { readonly folder: string; readonly registry: string },
): Promise<Environment> {
  const userconfig = join(folder, 'npmrc');
  // Both ask for a token before they ask the registry, which takes any.
  await writeFile(userconfig, `${registry.replace('http:', '')}:_authToken=anybody\n`);
  const own = Object.entries(base).filter(([name]) => !/^(p?npm|ACTIONS)_/i.test(name));
  return {
    ...Object.fromEntries(own),
    npm_config_registry: registry,
    npm_config_userconfig: userconfig,
    npm_config_cache: join(folder, 'npm-cache'),
    pnpm_config_registry: registry,
    pnpm_config_userconfig: userconfig,
    pnpm_config_cache_dir: join(folder, 'pnpm-cache'),
    NO_PROXY: '127.0.0.1,localhost',
    TURBO_TELEMETRY_DISABLED: '1',
    GITHUB_SERVER_URL: 'https://git.example',
    GITHUB_REPOSITORY: 'team/bot',
    GIT_AUTHOR_NAME: 'Rehearsal',
    GIT_AUTHOR_EMAIL: 'rehearsal@example.com',
    GIT_COMMITTER_NAME: 'Rehearsal',
    GIT_COMMITTER_EMAIL: 'rehearsal@example.com',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
}
