import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Field 22 of proc_pid_stat(5), counted from the state, the first field after the name. */
const START_TIME = 19;

/**
 * When the process started, as text to compare: a pid alone may belong to somebody else by the
 * time it is used. Undefined when there is no such process, or when it has ended and only waits to
 * be collected by its parent.
 */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === 'linux') {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
      // The name may hold spaces and brackets; what follows the last bracket never does.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : fields[START_TIME];
    }
    const { stdout } = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
    return stdout.trim() === '' || stdout.trimStart().startsWith('Z')
      ? undefined
      : stdout.trim().split(/\s+/).slice(1).join(' ');
  } catch {
    return undefined;
  }
}
