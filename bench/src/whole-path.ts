import { cpuSeconds } from './cpu.ts';
import { startMeta, type Meta } from './meta/meta.ts';
import { median, spread } from './spread.ts';
import { startOwn, startReference, type System } from './system.ts';

const rounds = 5;

/** What a round found of a system. */
type Figures = Readonly<Record<string, number>>;

/**
 * What a message costs, ours beside the reference design's in turn: one event a delivery, as many
 * messages under way as keep every process busy, Graph answers at once.
 */
export async function benchWholePath(): Promise<void> {
  const meta = await startMeta();
  const systems: System[] = [];
  try {
    systems.push(await startReference(meta.graphUrl), await startOwn(meta.graphUrl));
    const found = systems.map((): Figures[] => []);
    for (let round = -1; round < rounds; round += 1) {
      for (const [index, system] of systems.entries()) {
        const figures = await measure(meta, system, index === 0 ? 3_000 : 20_000);
        // The first round only warms up.
        if (round >= 0) found[index]?.push(figures);
      }
    }
    for (const [index, { name }] of systems.entries()) {
      process.stdout.write(`${name}, median of ${rounds} rounds\n`);
      const own = found[index] ?? [];
      for (const what of Object.keys(own[0] ?? {})) {
        const values = own.map((figures) => figures[what] ?? NaN);
        const ratios = values.map((value, round) => value / (found[0]?.[round]?.[what] ?? value));
        const line = `${median(values).toFixed(3).padStart(10)}  ${spread(ratios)}`;
        process.stdout.write(`  ${what.padEnd(36)}${line}\n`);
      }
    }
  } finally {
    for (const system of systems) await system.close();
    meta.close();
  }
}

async function measure(meta: Meta, system: System, messages: number): Promise<Figures> {
  const { processes, name } = system;
  const before = new Map(Object.entries(processes).map(([, pid]) => [pid, cpuSeconds(pid)]));
  const load = { messages, people: 1_000, unanswered: 1_000 };
  const { seconds, refused, repeated } = await meta.send(system, load);
  if (refused + repeated > 0) {
    throw new Error(`${name}: ${refused} deliveries were refused, ${repeated} replies came twice.`);
  }
  const costOf = (pid: number): number =>
    ((cpuSeconds(pid) - (before.get(pid) ?? 0)) / messages) * 1_000;
  const { webhook, worker, Redis } = processes;
  const costs = { webhook: costOf(webhook), worker: costOf(worker), Redis: costOf(Redis) };
  return {
    ...Object.fromEntries(
      Object.entries(costs).map(([what, cost]) => [`CPU-seconds per 1,000: ${what}`, cost]),
    ),
    'CPU-seconds per 1,000: all three': costs.webhook + costs.worker + costs.Redis,
    'messages a second': messages / seconds,
  };
}
