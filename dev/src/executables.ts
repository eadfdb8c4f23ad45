import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from './environment.ts';

const run = promisify(execFile);

/** The first of these programs on the PATH, in the order of the names. */
export async function findExecutable(
  names: readonly string[],
  environment: Environment,
): Promise<string | undefined> {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const path of names.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

/** Whether this user may run the file. */
export function isExecutable(path: string): Promise<boolean> {
  return may(path, constants.X_OK);
}

/** Whether this user may read the file. */
export function isReadable(path: string): Promise<boolean> {
  return may(path, constants.R_OK);
}

function may(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

/** What a short command prints; undefined when it cannot be run or fails. */
export async function output(
  command: string,
  args: readonly string[],
  environment: Environment,
): Promise<string | undefined> {
  try {
    return (await run(command, args, { env: environment, timeout: 10_000 })).stdout;
  } catch {
    return undefined;
  }
}
