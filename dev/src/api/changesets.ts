import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { bumpsIn, isChangeset } from '../changeset.ts';
import type { Kind } from './change.ts';

const bumps = ['none', 'patch', 'minor', 'major'] as const;

/** By how much a version goes up, in the order of their weight. */
export type Bump = (typeof bumps)[number];

/** The heaviest bump that the waiting changesets ask for, by package. */
export async function waitingBumps(repository: string): Promise<Map<string, Bump>> {
  const waiting = new Map<string, Bump>();
  const files = (await readdir(join(repository, '.changeset'))).map((file) => `.changeset/${file}`);
  for (const file of files.filter(isChangeset)) {
    for (const { name, bump } of await bumpsIn(repository, file)) {
      const other = waiting.get(name) ?? 'none';
      if (isLess(other, bump as Bump)) waiting.set(name, bump as Bump);
    }
  }
  return waiting;
}

export function isLess(one: Bump, other: Bump): boolean {
  return bumps.indexOf(one) < bumps.indexOf(other);
}

/**
 * What a change of the surface needs at the least. Before 1.0 a minor release may break, as npm's
 * ranges have it: `^0.3.1` does not take 0.4.0.
 */
export function neededBump(kinds: readonly Kind[], version: string): Bump {
  if (kinds.length === 0) return 'none';
  return kinds.includes('break') && !version.startsWith('0.') ? 'major' : 'minor';
}
