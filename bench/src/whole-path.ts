import { requireFlawless, startMeta } from './meta/meta.ts';
import type { Figure } from './result.ts';
import { inTurn } from './rounds.ts';
import { cpuOf, startOwn, startReference, type System } from './system.ts';

const rounds = 5;
const perThousand = 'CPU-seconds per 1,000';

/**
 * What a message costs, ours beside the reference design's in turn: one event a delivery, as many
 * messages under way as keep every process busy, Graph answers at once.
 */
export async function benchWholePath(): Promise<Figure[]> {
  const meta = await startMeta();
  const systems: System[] = [];
  try {
    systems.push(await startReference(meta.graphUrl), await startOwn(meta.graphUrl));
    const found = await inTurn('whole path under load', rounds, systems, async (system) => {
      const messages = system === systems[0] ? 3_000 : 20_000;
      const load = { messages, people: 1_000, unanswered: 1_000 };
      const before = cpuOf(system);
      const { seconds } = requireFlawless(await meta.send(system, load));
      const costs = Object.entries(cpuOf(system)).map(([name, used]): [string, number] => [
        `${perThousand}: ${name}`,
        ((used - (before[name] ?? 0)) / messages) * 1_000,
      ]);
      return {
        ...Object.fromEntries(costs),
        [`${perThousand}: all`]: costs.reduce((sum, [, cost]) => sum + cost, 0),
        'messages a second': messages / seconds,
      };
    });
    const parts = ['webhook', 'worker', 'Redis'];
    return [
      {
        what: 'whole path: CPU for a message, beside the reference design',
        unit: 'x',
        values: found.ratios('ours', `${perThousand}: all`),
        goal: {
          atMost: 0.25,
          against:
            'A bare request in and a bare request out take 0.09 CPU-s for 1,000 by themselves; docs/performance.md tells where the rest goes.',
        },
      },
      ...systems.flatMap(({ name }) =>
        parts.map((part): Figure => {
          const values = found.values(name, `${perThousand}: ${part}`);
          return { what: `whole path, ${name}: CPU of the ${part} for 1,000`, unit: 's', values };
        }),
      ),
      {
        what: 'whole path: messages a second',
        unit: 'a second',
        values: found.values('ours', 'messages a second'),
      },
    ];
  } finally {
    for (const system of systems) await system.close();
    meta.close();
  }
}
