/** What Changesets writes into each CHANGELOG.md: what was said to who upgrades, and no hashes. */

/** One changeset, as an item of a list. */
export function getReleaseLine({ summary }: { readonly summary: string }): string {
  return `- ${summary.trim().replaceAll(/\n(?!\n)/g, '\n  ')}`;
}

/** The packages of ours that it needs from now on. */
export function getDependencyReleaseLine(
  _changesets: unknown,
  updated: readonly { readonly name: string; readonly newVersion: string }[],
): string {
  const versions = updated.map(({ name, newVersion }) => `\`${name}\` ${newVersion}`);
  return versions.length === 0 ? '' : `- Needs ${versions.join(', ')}.`;
}
