import { madeUpEvents } from '../made-up-event.ts';
import { startPrivateRedis } from '../private-redis.ts';
import type { Figure } from '../result.ts';
import { inTurn } from '../rounds.ts';
import { burst, costs } from './burst.ts';

const rounds = 2;
/** How many people write, and how many events: enough for each, few where all of them wait in line. */
const loads = [
  { name: '1 conversation', people: 1, count: 2_000 },
  { name: '100 conversations', people: 100, count: 20_000 },
  { name: '10,000 conversations', people: 10_000, count: 20_000 },
  { name: '100,000 conversations', people: 100_000, count: 100_000 },
];

/** What accepting, taking and finishing costs an event, by how many conversations they belong to. */
export async function benchConversations(): Promise<Figure[]> {
  const server = await startPrivateRedis();
  try {
    const found = await inTurn('conversations', rounds, loads, async ({ people, count }) => {
      const cost = await burst(server, madeUpEvents(count, people));
      await server.empty();
      return cost;
    });
    return loads.map(({ name }): Figure => {
      const values = found.values(name, costs.both);
      return { what: `an event of ${name}`, unit: 'µs', values };
    });
  } finally {
    await server.close();
  }
}
