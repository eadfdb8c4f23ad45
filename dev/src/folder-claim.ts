import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startTimeOf } from './process-identity.ts';
import { SetupError } from './setup-error.ts';

interface Claim {
  readonly pid: number;
  readonly started: string;
}

const claimFile = (folder: string): string => join(folder, 'in-use.json');

/**
 * Refuses a folder that a living process works in: two Redis servers writing one append-only file
 * destroy it.
 *
 * @throws SetupError that names the process.
 */
export async function requireUnclaimed(folder: string): Promise<void> {
  const claim = await readFile(claimFile(folder), 'utf8').then(
    (text) => JSON.parse(text) as Claim,
    () => undefined,
  );
  if (claim === undefined || (await startTimeOf(claim.pid)) !== claim.started) return;
  throw new SetupError(`${folder} is in use by process ${claim.pid}: stop that one first.`);
}

/** Notes that the process works in the folder, until it ends. */
export async function claimFolder(folder: string, pid: number): Promise<void> {
  const started = await startTimeOf(pid);
  if (started === undefined) return;
  await writeFile(claimFile(folder), JSON.stringify({ pid, started } satisfies Claim));
}
