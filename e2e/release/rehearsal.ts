import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRepository, startRedis } from '@bot/dev';
import { Redis } from 'ioredis';
import { createConsumer, type Consumer } from './consumer.ts';
import { environmentOf } from './environment.ts';
import { readReadme, type Readme } from './readme.ts';
import { startRegistry, type PublishedManifest, type Registry } from './registry.ts';
import { copyRepository, type RepositoryCopy } from './repository-copy.ts';

/** What there is after a release: a registry with everything, and a team that has installed it. */
export interface Rehearsal {
  readonly folder: string;
  readonly registry: Registry;
  readonly copy: RepositoryCopy;
  readonly readmes: ReadonlyMap<string, Readme>;
  /** Has what the install lines of all READMEs say. */
  readonly consumer: Consumer;
  readonly createConsumer: (
    installs: readonly string[],
    overrides?: Readonly<Record<string, string>>,
  ) => Promise<Consumer>;
  /** The version that `npm install` takes, of every package. */
  readonly latest: () => Promise<ReadonlyMap<string, PublishedManifest>>;
  /** All that the registry has of ours. */
  readonly everything: () => Promise<readonly unknown[]>;
  /** Takes away all that Redis holds: one example may spread a queue otherwise than the next. */
  readonly emptyRedis: () => Promise<void>;
  close(): Promise<void>;
}

/** Releases everything by the changesets that wait, to a registry on loopback that ends with it. */
export async function rehearse(): Promise<Rehearsal> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).toReversed()) await step();
  };
  try {
    return await begin(closing, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function begin(
  closing: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<Rehearsal> {
  const folder = await mkdtemp(join(tmpdir(), 'messenger-bot-release-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const { run } = openRepository(folder, process.env);
  const upstream = await run('npm', 'config', 'get', 'registry');
  const registry = await startRegistry({ folder, upstream });
  closing.push(() => registry.close());
  const redis = await startRedis();
  closing.push(() => redis.close());
  const environment = {
    ...(await environmentOf(process.env, { folder, registry: registry.url })),
    REDIS_URL: redis.url,
  };
  const repository = join(folder, 'repository');
  const copy = await copyRepository({
    folder: repository,
    environment,
    installing: process.env,
  });
  await copy.bump();
  await copy.release('publish', '--registry', registry.url);
  const readmes = new Map<string, Readme>();
  for (const published of await copy.packages()) {
    readmes.set(published.manifest.name, await readReadme(join(copy.folder, published.folder)));
  }
  const consumerOf: Rehearsal['createConsumer'] = (installs, overrides = {}) =>
    createConsumer({ parent: folder, environment, installs, overrides });
  const lists = () => Promise.all([...readmes.keys()].map((name) => registry.list(name)));
  return {
    folder,
    registry,
    copy,
    readmes,
    consumer: await consumerOf([...readmes.values()].flatMap(({ installs }) => installs)),
    createConsumer: consumerOf,
    async latest() {
      const manifests = (await lists()).flatMap(
        (listing) => listing?.versions[listing['dist-tags']['latest'] ?? ''] ?? [],
      );
      return new Map(manifests.map((manifest) => [manifest.name, manifest]));
    },
    everything: lists,
    async emptyRedis() {
      const connection = new Redis(redis.url);
      await connection.flushall();
      connection.disconnect();
    },
    close,
  };
}
