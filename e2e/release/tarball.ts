import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A published package, taken apart. */
export interface Tarball {
  /** Where the tarball itself is. */
  readonly file: string;
  readonly files: readonly string[];
  read(file: string): Promise<string>;
}

/** Fetches a tarball and takes it apart in a folder. */
export async function unpack(url: string, folder: string): Promise<Tarball> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'package.tgz');
  const answer = await fetch(url);
  await writeFile(file, Buffer.from(await answer.arrayBuffer()));
  await run('tar', ['-xzf', file, '-C', folder]);
  const root = join(folder, 'package');
  const entries = await readdir(root, { recursive: true });
  return { file, files: entries, read: (name) => readFile(join(root, name), 'utf8') };
}
