/** A worker process of a run: each turn is two steps, each step an effect at the sink. */
import { connectRedis, createWorker, type Turn } from '@bot/queue';
import { stepNames } from './books.ts';
import { weakenScripts, weakerOptions } from './guards-off.ts';
import { readOrders, type WorkerOrders } from './orders.ts';
import { connectOutside } from './outside.ts';
import type { Manner, PlannedEvent } from './traffic.ts';
import { followClock } from './wrong-clock.ts';

const orders = await readOrders<WorkerOrders>();
const { name, redisUrl, sinkPort, guardsOff, clockPath, confirmWithinMs, ...times } = orders;
const clock = clockPath === undefined ? {} : followClock(clockPath);
const outside = await connectOutside(sinkPort, name);
const redis = connectRedis({ url: redisUrl, role: 'worker' });
weakenScripts(redis, guardsOff, (guard) => outside.tell({ kind: 'weakened', guard }));

let turns = 0;

const manners: Record<Manner, (event: PlannedEvent, turn: Turn) => Promise<void>> = {
  async reply({ lane, data: { seq } }, { attempt, step }) {
    const turn = `${name}#${(turns += 1)}`;
    for (const stepName of stepNames) {
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
  },
  async stumble(event, turn) {
    if (turn.attempt === 1) throw new Error('The first attempt stumbles.');
    await manners.reply(event, turn);
  },
};

const worker = createWorker({
  redis,
  ...clock,
  ...times,
  steps: { confirmWithinMs },
  handle: (event, turn) => {
    const planned = event as PlannedEvent;
    return manners[planned.data.manner](planned, turn);
  },
  observer: {
    handled: (event) => {
      const { lane, data } = event as PlannedEvent;
      outside.tell({ kind: 'handled', lane, seq: data.seq });
    },
  },
  ...weakerOptions(guardsOff),
});

process.once('SIGTERM', () => {
  void (async () => {
    await worker.close();
    await redis.quit();
    await outside.close();
  })();
});
