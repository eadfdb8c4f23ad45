import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether a path from the top of the repository is a changeset that waits to be versioned. */
export function isChangeset(path: string): boolean {
  return /^\.changeset\/[^/.][^/]*\.md$/.test(path) && !path.endsWith('/README.md');
}

/** The packages that a changeset names, with their bumps: `none` says that nobody will notice. */
export async function bumpsIn(
  repository: string,
  changeset: string,
): Promise<{ readonly name: string; readonly bump: string }[]> {
  const [, head = ''] = (await readFile(join(repository, changeset), 'utf8')).split(/^---$/m);
  const lines = head.matchAll(/^(['"]?)([^'":]+)\1: *(\w+) *$/gm);
  return [...lines].map(([, , name = '', bump = '']) => ({ name, bump }));
}
