import { setTimeout as pause } from 'node:timers/promises';
import { createQueue, createWorker } from '@bot/queue';
import { Queue as BullQueue, Worker as BullWorker } from 'bullmq';
import { createCountdown } from './countdown.ts';
import { madeUpEvents } from './made-up-event.ts';
import { startPrivateRedis, type MeteredRedis } from './private-redis.ts';
import type { Figure } from './result.ts';
import { inTurn } from './rounds.ts';
import { partsOf, sideBySide } from './side-by-side.ts';

const rounds = 3;
const count = 10_000;
const lanes = 2_000;
const jobs = 50;
const effectMs = 100;
const perSecond = 'turns a second';

/**
 * Turns a second of one worker at default settings, each with a step whose effect takes 100 ms, as
 * Graph does; beside the reference design's worker, BullMQ at its defaults, that waits as long.
 */
export async function benchThroughput(): Promise<Figure[]> {
  const server = await startPrivateRedis();
  try {
    const found = await inTurn(
      `effects of ${effectMs} ms, one worker at default settings`,
      rounds,
      [
        { name: 'reference design', answer: answerByJobs },
        { name: 'lanes', answer: answerByTurns },
      ],
      async ({ answer }) => ({ [perSecond]: await answer(server) }),
    );
    const values = found.ratios('lanes', perSecond);
    return [{ what: 'turns a second beside the reference design', unit: 'x', values }];
  } finally {
    await server.close();
  }
}

async function answerByJobs({ redis, empty }: MeteredRedis): Promise<number> {
  const queue = new BullQueue('jobs', { connection: redis });
  await queue.addBulk(madeUpEvents(jobs, jobs).map((data) => ({ name: 'event', data })));
  await queue.close();
  const completed = createCountdown(jobs);
  const begun = performance.now();
  const worker = new BullWorker('jobs', () => pause(effectMs), { connection: redis });
  worker.on('completed', completed.one);
  await completed.done;
  const rate = aSecond(jobs, begun);
  await worker.close();
  await empty();
  return rate;
}

async function answerByTurns({ redis, empty }: MeteredRedis): Promise<number> {
  const queue = createQueue({ redis });
  const parts = partsOf(madeUpEvents(count, lanes), 100);
  await sideBySide(8, parts, (part) => queue.add(part));
  await queue.close();
  const handled = createCountdown(count);
  const begun = performance.now();
  const worker = createWorker({
    redis,
    handle: async (_, turn) => void (await turn.step('answer', () => pause(effectMs, 'done'))),
    observer: { handled: handled.one },
  });
  await handled.done;
  const rate = aSecond(count, begun);
  await worker.close();
  await empty();
  return rate;
}

function aSecond(times: number, begun: number): number {
  return times / ((performance.now() - begun) / 1_000);
}
