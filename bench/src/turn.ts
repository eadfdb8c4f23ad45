import { setTimeout as pause } from 'node:timers/promises';
import { createQueue, createWorker } from '@bot/queue';
import { Queue as BullQueue, Worker as BullWorker } from 'bullmq';
import { compare, type Contender } from './compare.ts';
import { createCountdown } from './countdown.ts';
import { madeUpEvents } from './made-up-event.ts';
import { startPrivateRedis, type MeteredRedis } from './private-redis.ts';
import type { Figure } from './result.ts';
import { partsOf, sideBySide } from './side-by-side.ts';

const count = 12_000;
const lanes = 4_000;
const atOnce = 'turn, its effect at once';
const slowly = 'turn, its effect 100 ms';

/**
 * What a turn with one step costs Redis under load, beside an empty BullMQ job: taking the lane,
 * two notes in its journal, finishing, and its part of the jobs that wake lanes. All events and
 * jobs were added before, which is not counted.
 */
export async function benchTurn(): Promise<Figure[]> {
  const server = await startPrivateRedis();
  try {
    const found = await compare(
      `a turn with one step, ${lanes} lanes`,
      [
        emptyJobs(server),
        turns(server, atOnce, async () => 'done'),
        turns(server, slowly, () => pause(100, 'done')),
      ],
      { rounds: 3, count, meters: [server.cpu] },
    );
    return [atOnce, slowly].map((name): Figure => {
      const values = found.ratios(name, server.cpu.name);
      return { what: `${name}: CPU of Redis beside an empty job`, unit: 'x', values };
    });
  } finally {
    await server.close();
  }
}

function emptyJobs({ redis, empty }: MeteredRedis): Contender {
  return {
    name: 'empty BullMQ job',
    async prepare(jobs) {
      const queue = new BullQueue('jobs', { connection: redis });
      const each = { name: 'job', data: {}, opts: { removeOnComplete: true } };
      const all = Array.from({ length: jobs }, () => each);
      for (const part of partsOf(all, 1_000)) await queue.addBulk([...part]);
      await queue.close();
    },
    async run(jobs) {
      const completed = createCountdown(jobs);
      const worker = new BullWorker('jobs', async () => {}, { connection: redis, concurrency: 50 });
      worker.on('completed', completed.one);
      await completed.done;
      await worker.close();
    },
    cleanUp: empty,
  };
}

function turns(
  { redis, empty }: MeteredRedis,
  name: string,
  effect: () => Promise<string>,
): Contender {
  return {
    name,
    async prepare(events) {
      const queue = createQueue({ redis });
      const parts = partsOf(madeUpEvents(events, lanes), 100);
      await sideBySide(8, parts, (part) => queue.add(part));
      await queue.close();
    },
    async run(events) {
      const handled = createCountdown(events);
      const worker = createWorker({
        redis,
        handle: async (_, turn) => void (await turn.step('answer', effect)),
        observer: { handled: handled.one },
      });
      await handled.done;
      await worker.close();
    },
    cleanUp: empty,
  };
}
