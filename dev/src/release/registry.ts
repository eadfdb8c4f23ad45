import { SetupError } from '../setup-error.ts';
import { publishedPackages } from '../published-packages.ts';
import type { Repository } from './repository.ts';

/** Where everybody installs from. */
export const npmRegistry = 'https://registry.npmjs.org/';

/**
 * Asks pnpm, which publishes, where it would publish to: for each scope, and for each package.
 *
 * @throws SetupError when that is another registry than the expected one.
 */
export async function assertRegistry(repository: Repository, expected: string): Promise<void> {
  const packages = await publishedPackages(repository.folder);
  const scopes = new Set(packages.map(({ manifest }) => manifest.name.split('/')[0] ?? ''));
  const found = packages.map(({ manifest }) => {
    const { registry } = (manifest['publishConfig'] ?? {}) as { readonly registry?: string };
    return registry;
  });
  for (const key of ['registry', ...[...scopes].map((scope) => `${scope}:registry`)]) {
    const value = (await repository.run('pnpm', 'config', 'get', key)).split('\n').at(-1);
    if (value !== 'undefined') found.push(value);
  }
  const wrong = found.find((url) => url !== undefined && url !== '' && !isSame(url, expected));
  if (wrong === undefined) return;
  throw new SetupError(
    `The registry in force is ${wrong} and not ${expected}: change it, or name the one you mean with --registry. Nothing was published.`,
  );
}

function isSame(one: string, other: string): boolean {
  return one.replace(/\/+$/, '') === other.replace(/\/+$/, '');
}
