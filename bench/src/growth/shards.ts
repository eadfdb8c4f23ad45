import { madeUpEvents } from '../made-up-event.ts';
import { startPrivateRedis } from '../private-redis.ts';
import type { Figure } from '../result.ts';
import { inTurn } from '../rounds.ts';
import { burst, costs } from './burst.ts';

const rounds = 2;
const events = madeUpEvents(20_000, 5_000);

/** What accepting, taking and finishing costs an event, by how many shards one Redis carries. */
export async function benchShards(): Promise<Figure[]> {
  const server = await startPrivateRedis();
  try {
    const contenders = [1, 2, 4, 8].map((shards) => ({ name: `shards: ${shards}`, shards }));
    const found = await inTurn('shards', rounds, contenders, async ({ shards }) => {
      const cost = await burst(server, events, shards);
      await server.empty();
      return cost;
    });
    return contenders.map(({ name }): Figure => {
      const values = found.values(name, costs.both);
      return { what: `an event, ${name}`, unit: 'µs', values };
    });
  } finally {
    await server.close();
  }
}
