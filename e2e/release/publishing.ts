import type { Registry } from './registry.ts';
import type { RepositoryCopy } from './repository-copy.ts';

/**
 * Publishes every package whose version the registry does not have, those first that others need.
 *
 * @throws before anything is published, when the registry in force is another one.
 */
export async function publishAll(copy: RepositoryCopy, registry: Registry): Promise<void> {
  for (const manager of ['npm', 'pnpm']) {
    const inForce = await copy.run(manager, 'config', 'get', 'registry');
    if (inForce !== registry.url) {
      throw new Error(`${manager} would publish to ${inForce}, and not to ${registry.url}`);
    }
  }
  await copy.run('pnpm', '--recursive', 'publish', '--access=public', '--no-git-checks');
}
