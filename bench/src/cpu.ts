import { readFileSync } from 'node:fs';

/** Ticks a second of the kernel's accounting; 100 on every Linux that Node runs on. */
const TICKS_A_SECOND = 100;

/** CPU seconds that a process has used so far, in user and system mode, by Linux' accounting. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the name in parentheses, which may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}
