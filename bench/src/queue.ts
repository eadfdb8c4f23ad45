import { createQueue, createWorker } from '@bot/queue';
import { Queue as BullQueue, Worker as BullWorker } from 'bullmq';
import { compare, type Contender } from './compare.ts';
import { createCountdown } from './countdown.ts';
import { madeUpEvents } from './made-up-event.ts';
import { startPrivateRedis, type MeteredRedis } from './private-redis.ts';
import type { Figure } from './result.ts';
import { sideBySide } from './side-by-side.ts';

const producers = 64;
const events = madeUpEvents(12_000, 4_000);

/**
 * What a message costs Redis under load, from the add of one event to the end of its turn with one
 * step, beside one add and one empty job of BullMQ. Producers and workers run at the same time.
 */
export async function benchQueue(): Promise<Figure[]> {
  const server = await startPrivateRedis();
  try {
    const found = await compare(
      'a message through the queue, under load',
      [emptyJobs(server), lanes(server)],
      { rounds: 5, count: events.length, meters: [server.cpu] },
    );
    const values = found.ratios('lanes', server.cpu.name);
    const what = 'queue: CPU of Redis for a message, beside an add and an empty job of BullMQ';
    const against =
      'An empty job keeps nothing; a message is put in order, its attempt is counted, its step noted twice.';
    return [{ what, unit: 'x', values, goal: { atMost: 0.8, against } }];
  } finally {
    await server.close();
  }
}

function emptyJobs({ redis, empty }: MeteredRedis): Contender {
  return {
    name: 'BullMQ, its jobs empty',
    async run(count) {
      const completed = createCountdown(count);
      const queue = new BullQueue('jobs', { connection: redis });
      const worker = new BullWorker('jobs', async () => {}, { connection: redis, concurrency: 50 });
      worker.on('completed', completed.one);
      const options = { removeOnComplete: true };
      await sideBySide(producers, events, () => queue.add('job', {}, options));
      await completed.done;
      await worker.close();
      await queue.close();
    },
    cleanUp: empty,
  };
}

function lanes({ redis, empty }: MeteredRedis): Contender {
  return {
    name: 'lanes',
    async run(count) {
      const handled = createCountdown(count);
      const queue = createQueue({ redis });
      const worker = createWorker({
        redis,
        handle: async (_, turn) => void (await turn.step('answer', async () => 'done')),
        observer: { handled: handled.one },
      });
      await sideBySide(producers, events, (event) => queue.add(event));
      await handled.done;
      await worker.close();
      await queue.close();
    },
    cleanUp: empty,
  };
}
