import { cpus, totalmem } from 'node:os';

/** What the figures were found on. */
export function machine(): string {
  const cores = cpus();
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${cores.length} cores of ${cores[0]?.model.trim() ?? 'an unknown kind'}, ${gib} GiB, Node ${process.versions.node}`;
}
