import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether a path from the top of the repository is a changeset that waits to be versioned. */
export function isChangeset(path: string): boolean {
  return /^\.changeset\/[^/.][^/]*\.md$/.test(path) && !path.endsWith('/README.md');
}

/** The packages that a changeset names, whatever the bump: `none` says that nobody will notice. */
export async function namedIn(repository: string, changeset: string): Promise<string[]> {
  const [, head = ''] = (await readFile(join(repository, changeset), 'utf8')).split(/^---$/m);
  return [...head.matchAll(/^(['"]?)([^'":]+)\1: *\w+ *$/gm)].map(([, , name = '']) => name);
}
