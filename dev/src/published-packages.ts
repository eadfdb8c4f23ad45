import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a package.json of ours says, as far as publishing goes. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

export interface PublishedPackage {
  /** From the top of the repository, such as `packages/queue`. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** What can be imported, such as `@bot/queue/testing`, with its source file within the package. */
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly name: string;
  readonly source: string;
}

/** Every package of the repository that goes to the registry, by name. */
export async function publishedPackages(repository: string): Promise<PublishedPackage[]> {
  const found: PublishedPackage[] = [];
  for (const name of (await readdir(join(repository, 'packages'))).toSorted()) {
    const folder = `packages/${name}`;
    const manifest = await readManifest(join(repository, folder));
    if (manifest === undefined || manifest.private === true) continue;
    found.push({ folder, manifest, entries: entriesOf(manifest) });
  }
  return found;
}

/** Undefined where a deleted package has left a folder behind. */
async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function entriesOf({ name, exports }: Manifest): Entry[] {
  return Object.entries(exports).flatMap(([path, conditions]) => {
    const source = typeof conditions === 'string' ? undefined : conditions['@bot/source'];
    return source === undefined ? [] : [{ name: `${name}${path.slice(1)}`, source }];
  });
}
