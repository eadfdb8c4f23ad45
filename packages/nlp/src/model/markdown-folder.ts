import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { MarkdownFile } from './passage-store.ts';

/**
 * Reads all Markdown files (`.md`) of a folder and of the folders in it, but for what begins with a
 * dot: Kubernetes keeps the files of a mounted ConfigMap a second time in such folders.
 *
 * @throws what the file system says, also when the folder is not there.
 *
 * @example
 * await passages.load(await readMarkdown('./documents'));
 */
export async function readMarkdown(folder: string): Promise<MarkdownFile[]> {
  const names = await readdir(folder, { recursive: true });
  const files = names
    .map((name) => name.split(sep))
    .filter((parts) => /\.md$/i.test(parts.at(-1) ?? '') && !parts.some((each) => each[0] === '.'))
    .map((parts) => parts.join('/'))
    .toSorted();
  return Promise.all(
    files.map(async (file) => ({ file, text: await readFile(join(folder, file), 'utf8') })),
  );
}
