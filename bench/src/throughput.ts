import { setTimeout as pause } from 'node:timers/promises';
import { createQueue, createWorker } from '@bot/queue';
import { Queue as BullQueue, Worker as BullWorker } from 'bullmq';
import { createCountdown } from './countdown.ts';
import { madeUpEvents } from './made-up-event.ts';
import { startPrivateRedis, type PrivateRedis } from './private-redis.ts';
import { partsOf, sideBySide } from './side-by-side.ts';
import { median, spread } from './spread.ts';

const rounds = 3;
const count = 20_000;
const lanes = 2_000;
const jobs = 50;
const effectMs = 100;

/**
 * Turns a second of one worker at default settings, each with a step whose effect takes 100 ms, as
 * Graph does; beside the reference design's worker, BullMQ at its defaults, that waits as long.
 */
export async function benchThroughput(): Promise<void> {
  const server = await startPrivateRedis();
  const reference: number[] = [];
  const own: number[] = [];
  try {
    for (let round = -1; round < rounds; round += 1) {
      const jobsASecond = await answerByJobs(server);
      const turnsASecond = await answerByTurns(server);
      // The first round only warms up.
      if (round >= 0) {
        reference.push(jobsASecond);
        own.push(turnsASecond);
      }
    }
  } finally {
    await server.close();
  }
  const ratios = own.map((rate, round) => rate / (reference[round] ?? rate));
  process.stdout.write(
    `effects of ${effectMs} ms, one worker at default settings, median of ${rounds} rounds\n` +
      `  ${'reference design'.padEnd(28)}${median(reference).toFixed(1).padStart(8)} a second\n` +
      `  ${'lanes'.padEnd(28)}${median(own).toFixed(1).padStart(8)} a second  ${spread(ratios, 0)}\n`,
  );
}

async function answerByJobs({ redis, empty }: PrivateRedis): Promise<number> {
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

async function answerByTurns({ redis, empty }: PrivateRedis): Promise<number> {
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
