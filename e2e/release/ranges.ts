import type { PublishedManifest } from './registry.ts';

/** Ranges of other people's packages, by name. */
export function thirdParties(manifests: readonly PublishedManifest[]): Record<string, string> {
  const ours = new Set(manifests.map(({ name }) => name));
  const all = manifests.flatMap(({ dependencies, peerDependencies }) =>
    Object.entries({ ...dependencies, ...peerDependencies }),
  );
  return Object.fromEntries(all.filter(([name]) => !ours.has(name)));
}

/** Those of them that whoever installs ours names beside them. */
export function peersOf(manifests: readonly PublishedManifest[]): ReadonlySet<string> {
  return new Set(manifests.flatMap(({ peerDependencies = {} }) => Object.keys(peerDependencies)));
}

/** The lowest version of each range; ranges are `1.2.3`, `^1.2.3`, or several of the latter. */
export function oldestOf(ranges: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ranges).map(([name, range]) => {
      const [, version] = /^\^?(\d+\.\d+\.\d+)(?: \|\| \^\d+\.\d+\.\d+)*$/.exec(range) ?? [];
      if (version === undefined) throw new Error(`${name} has the range ${range}`);
      return [name, version];
    }),
  );
}
