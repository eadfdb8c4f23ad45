import { createQueue, type Queue, type QueueEvent } from '@bot/queue';
import { Queue as BullQueue } from 'bullmq';
import { compare, ownCpu, type Contender } from './compare.ts';
import { madeUpEvents } from './made-up-event.ts';
import { startPrivateRedis, type MeteredRedis } from './private-redis.ts';
import type { Figure } from './result.ts';
import { partsOf, sideBySide } from './side-by-side.ts';

const producers = 64;
const count = 10_000;

/**
 * What accepting costs, beside the least that puts events into lists and a sorted set, and beside
 * adding the same events as plain jobs. Each event has a lane of its own, so that each needs a
 * wake-up: an idle bot's case, and the dearest.
 */
export async function benchAccept(): Promise<Figure[]> {
  const server = await startPrivateRedis();
  const events = madeUpEvents(count, count);
  const figures: Figure[] = [];
  try {
    for (const size of [10, 1]) {
      const found = await compare(
        `accept ${size} of 1 kB an add, ${producers} adds side by side`,
        [bare(server, events, size), plainJobs(server, events, size), lanes(server, events, size)],
        { rounds: 5, count, meters: [ownCpu, server.cpu] },
      );
      for (const other of ['RPUSH and ZADD', 'BullMQ addBulk']) {
        for (const [cost, whose] of [
          [ownCpu.name, 'CPU of Node'],
          [server.cpu.name, 'CPU of Redis'],
        ] as const) {
          const values = found.ratios('queue.add', cost, other);
          figures.push({ what: `accept ${size}, beside ${other}: ${whose}`, unit: 'x', values });
        }
      }
    }
    return figures;
  } finally {
    await server.close();
  }
}

function bare(
  { redis, empty }: MeteredRedis,
  events: readonly QueueEvent[],
  size: number,
): Contender {
  return {
    name: 'RPUSH and ZADD',
    run: () =>
      sideBySide(producers, partsOf(events, size), (part) => {
        const pipeline = redis.pipeline();
        for (const { lane, timestamp, data } of part) {
          pipeline.rpush(`lane:${lane}`, JSON.stringify(data)).zadd('waiting', timestamp, lane);
        }
        return pipeline.exec();
      }),
    cleanUp: empty,
  };
}

function plainJobs(
  { redis, empty }: MeteredRedis,
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
  { redis, empty }: MeteredRedis,
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
