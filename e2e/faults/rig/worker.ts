/** A worker process of a run: each turn is two steps, each step an effect at the sink. */
import { backoff, connectRedis, createWorker, guardEventLoop, type Turn } from '@bot/queue';
import { stepNames, type StepName } from './books.ts';
import { collectOnRequest } from './collect.ts';
import { weakenScripts, weakerOptions } from './guards-off.ts';
import { createHoard } from './hoard.ts';
import { readOrders, type WorkerOrders } from './orders.ts';
import { connectOutside } from './outside.ts';
import type { Harm, PlannedEvent } from './traffic.ts';
import { followClock } from './wrong-clock.ts';

collectOnRequest();
const orders = await readOrders<WorkerOrders>();
const { name, redisUrl, sinkPort, guardsOff, clockPath, confirmWithinMs, retry, stuckMs, ...how } =
  orders;
const clock = clockPath === undefined ? {} : followClock(clockPath);
const outside = await connectOutside(sinkPort, name);
const redis = connectRedis({ url: redisUrl, role: 'worker' });
weakenScripts(redis, guardsOff, (guard) => outside.tell({ kind: 'weakened', guard }));

const hoard = createHoard(redis);
let turns = 0;

async function take(
  steps: readonly StepName[],
  { lane, data: { seq } }: PlannedEvent,
  { attempt, step }: Turn,
): Promise<void> {
  const turn = `${name}#${(turns += 1)}`;
  for (const stepName of steps) {
    let stepId: string | undefined;
    let journaled = false;
    try {
      await step(stepName, async ({ id, repeated }) => {
        stepId = id;
        await outside.carryOut({ lane, seq, step: stepName, stepId, turn, attempt, repeated });
      });
      journaled = true;
    } finally {
      // Absent when the journal said that it was done before.
      if (stepId !== undefined) outside.tell({ kind: 'stepped', stepId, turn, journaled });
    }
  }
}

const harms: Record<Harm, () => void> = {
  throw() {
    throw new PoisonError();
  },
  spin() {
    for (;;);
  },
  exit: () => process.exit(1),
  exhaust() {
    for (const taken: string[][] = []; ;) taken.push(Array.from({ length: 1_000 }, String));
  },
};

class PoisonError extends Error {
  override readonly name = 'PoisonError';
}

const worker = createWorker({
  redis,
  ...clock,
  ...how,
  steps: { confirmWithinMs },
  ...(retry ? { retry: backoff({ ...retry, random: Math.random }) } : {}),
  handle: async (event, turn) => {
    const planned = event as PlannedEvent;
    const { seq, manner } = planned.data;
    if (manner === 'stumble' && turn.attempt === 1) throw new Error('The first attempt stumbles.');
    if (manner === 'hoard') await hoard();
    if (typeof manner === 'string') return take(stepNames, planned, turn);
    await take(stepNames.slice(0, manner.afterSteps), planned, turn);
    // Written before the call returns, so that it is said even when the process dies of the harm.
    outside.tell({ kind: 'harm', lane: event.lane, seq });
    harms[manner.harm]();
  },
  observer: {
    handled: (event) => {
      const { lane, data } = event as PlannedEvent;
      outside.tell({ kind: 'handled', lane, seq: data.seq });
    },
  },
  ...weakerOptions(guardsOff),
});

if (stuckMs !== undefined) guardEventLoop({ afterMs: stuckMs });

process.once('SIGTERM', () => {
  void (async () => {
    await worker.close();
    await redis.quit();
    await outside.close();
  })();
});
