import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Manifest } from '@bot/dev';
import { runServer } from 'verdaccio';

/** One version of a package, as npm sees it. */
export interface PublishedManifest extends Manifest {
  readonly dist: { readonly tarball: string };
}

/** What a registry says of a package. */
export interface Listing {
  readonly 'dist-tags': Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, PublishedManifest>>;
  readonly time: Readonly<Record<string, string>>;
}

/** A registry that nobody else uses. */
export interface Registry {
  readonly url: string;
  /** What it has of a package; undefined when it has none. */
  list(name: string): Promise<Listing | undefined>;
  close(): Promise<void>;
}

/**
 * Starts a registry on loopback. Ours must be published to it: packages of the scope are never asked for
 * elsewhere, all others come from `upstream`.
 */
export async function startRegistry(options: {
  readonly folder: string;
  readonly upstream: string;
}): Promise<Registry> {
  const { folder, upstream } = options;
  const everybody = { access: '$all', publish: '$all' };
  const server: Server = await runServer({
    configPath: join(folder, 'config.yaml'),
    storage: join(folder, 'storage'),
    uplinks: { upstream: { url: upstream, timeout: '30s', maxage: '1h' } },
    packages: {
      '@bot/*': everybody,
      '**': { access: '$all', proxy: 'upstream' },
    },
    log: { type: 'stdout', format: 'pretty', level: 'fatal' },
    web: { enable: false },
    max_body_size: '20mb',
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    async list(name) {
      const answer = await fetch(new URL(name.replace('/', '%2f'), url));
      return answer.ok ? ((await answer.json()) as Listing) : undefined;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
