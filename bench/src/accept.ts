import { createQueue, type Queue, type QueueEvent } from '@bot/queue';
import { Queue as BullQueue } from 'bullmq';
import { compare, type Contender } from './compare.ts';
import { madeUpEvents } from './made-up-event.ts';
import { startPrivateRedis, type PrivateRedis } from './private-redis.ts';
import { partsOf, sideBySide } from './side-by-side.ts';

const producers = 64;
const count = 10_000;

/**
 * What accepting costs Redis, beside adding the same events as plain jobs. Each event has a lane of
 * its own, so that each needs a wake-up: an idle bot's case, and the dearest.
 */
export async function benchAccept(): Promise<void> {
  const server = await startPrivateRedis();
  const events = madeUpEvents(count, count);
  try {
    for (const size of [10, 1]) {
      await compare(
        `accept ${size} of 1 kB an add, ${producers} adds side by side`,
        [plainJobs(server, events, size), lanes(server, events, size)],
        { rounds: 5, count, meter: server.cpu },
      );
    }
  } finally {
    await server.close();
  }
}

function plainJobs(
  { redis, empty }: PrivateRedis,
  events: readonly QueueEvent[],
  size: number,
): Contender {
  let queue: BullQueue;
  return {
    name: 'BullMQ addBulk',
    async prepare() {
      queue = new BullQueue('events', { connection: redis });
      await queue.waitUntilReady();
    },
    run: () =>
      sideBySide(producers, partsOf(events, size), (part) =>
        queue.addBulk(part.map((event) => ({ name: 'event', data: event }))),
      ),
    async cleanUp() {
      await queue.close();
      await empty();
    },
  };
}

function lanes(
  { redis, empty }: PrivateRedis,
  events: readonly QueueEvent[],
  size: number,
): Contender {
  let queue: Queue;
  return {
    name: 'queue.add',
    prepare: async () => void (queue = createQueue({ redis })),
    run: () => sideBySide(producers, partsOf(events, size), (part) => queue.add(part)),
    async cleanUp() {
      await queue.close();
      await empty();
    },
  };
}
