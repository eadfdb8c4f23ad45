import { requireFlawless, startMeta } from '../meta/meta.ts';
import type { Figure } from '../result.ts';
import { inTurn } from '../rounds.ts';
import { cpuOf, startOwn, type System } from '../system.ts';

const rounds = 2;
const messages = 10_000;
const cost = 'CPU-seconds per 1,000, all processes';
const rate = 'messages a second';

/** The whole path with several worker processes: what a message costs, and how many are answered. */
export async function benchWorkers(): Promise<Figure[]> {
  const meta = await startMeta();
  const systems: System[] = [];
  try {
    for (const workers of [1, 2, 4]) {
      systems.push({ ...(await startOwn(meta.graphUrl, workers)), name: `workers: ${workers}` });
    }
    const total = (system: System): number =>
      Object.values(cpuOf(system)).reduce((sum, used) => sum + used, 0);
    const found = await inTurn('workers', rounds, systems, async (system) => {
      const before = total(system);
      const load = { messages, people: 1_000, unanswered: 1_000 };
      const { seconds } = requireFlawless(await meta.send(system, load));
      const used = ((total(system) - before) / messages) * 1_000;
      return { [cost]: used, [rate]: messages / seconds };
    });
    return systems.flatMap(({ name }): Figure[] => [
      { what: `1,000 messages, ${name}`, unit: 's', values: found.values(name, cost) },
      { what: `messages a second, ${name}`, unit: 'a second', values: found.values(name, rate) },
    ]);
  } finally {
    for (const system of systems) await system.close();
    meta.close();
  }
}
