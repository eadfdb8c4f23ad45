import { parseDelivery } from '@bot/graph-client/webhook';
import { compare, ownCpu, repeat } from './compare.ts';
import type { Figure } from './result.ts';
import { signedDelivery } from './signed-delivery.ts';

/** What it costs to make events of a delivery, beside JSON.parse. */
export async function benchParse(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const events of [1, 50]) {
    const { body } = signedDelivery(events);
    const found = await compare(
      `parse a delivery of ${events}, ${body.length} bytes`,
      [
        repeat('JSON.parse', () => JSON.parse(body.toString('utf8'))),
        repeat('parseDelivery', () => parseDelivery(body)),
      ],
      { rounds: 5, count: Math.round(100_000 / events) },
    );
    const values = found.ratios('parseDelivery', ownCpu.name);
    figures.push({ what: `parse ${events}, beside JSON.parse`, unit: 'x', values });
  }
  return figures;
}
