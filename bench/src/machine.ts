import { cpus, totalmem } from 'node:os';

/** What the figures were found on. */
export function machine(): string {
  const cores = cpus();
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${cores.length} cores of ${cores[0]?.model.trim() ?? 'an unknown kind'}, ${gib} GiB, Node ${process.versions.node}`;
}

/** Begins to watch the cores; answers what per cent of them all processes together have used since. */
export function watchCores(): () => number {
  const before = coreTimes();
  return () => {
    const after = coreTimes();
    const all = after.all - before.all;
    return all === 0 ? 0 : (1 - (after.idle - before.idle) / all) * 100;
  };
}

function coreTimes(): { readonly idle: number; readonly all: number } {
  let [idle, all] = [0, 0];
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.user + times.nice + times.sys + times.irq + times.idle;
  }
  return { idle, all };
}
