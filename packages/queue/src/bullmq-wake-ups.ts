import { Queue, Worker } from 'bullmq';
import { Batcher } from './batcher.ts';
import type { RedisConnection } from './redis.ts';
import type { WakeUps } from './wake-ups.ts';

/** What a job carries: lane ids and nothing a person wrote. */
interface WakeUp {
  readonly lanes: readonly string[];
}

/** The name of a shard's BullMQ queue; its prefix is the shard's hash tag. */
const NAME = 'lanes';
/** A job names the lanes that were woken together, so that under load BullMQ's share shrinks. */
const LANES_A_JOB = 16;
/**
 * Jobs being looked at at once: each only starts its lanes, so few keep all slots busy. BullMQ
 * fetches so many, one a round trip, before it begins the first: over a slow network more of them
 * are no gain but a wait.
 */
const JOBS_AT_ONCE = 8;

/** BullMQ's own queue of a shard's jobs. One that is made while Redis is away stays broken. */
export function openJobQueue(redis: RedisConnection, prefix: string): Queue<WakeUp> {
  const queue = new Queue<WakeUp>(NAME, {
    connection: redis,
    prefix,
    skipVersionCheck: true,
    skipWaitingForReady: true,
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    // The events stream cannot be switched off; nobody reads it.
    streams: { events: { maxLen: 100 } },
  });
  // Errors reach whoever called; this listener keeps them from ending the process.
  queue.on('error', () => {});
  return queue;
}

export function createBullmqWakeUps(redis: RedisConnection, prefix: string): WakeUps {
  let queue: Queue<WakeUp> | undefined;

  /** Made at the first use, see {@link openJobQueue}. */
  function open(): Queue<WakeUp> {
    return (queue ??= openJobQueue(redis, prefix));
  }

  async function using<Result>(work: (queue: Queue<WakeUp>) => Promise<Result>): Promise<Result> {
    const current = open();
    try {
      return await work(current);
    } catch (error) {
      if (queue === current) queue = undefined;
      void current.close().catch(() => {});
      throw error;
    }
  }

  async function put(lanes: readonly string[], delayMs: number): Promise<void> {
    const jobs: { name: string; data: WakeUp; opts: { delay: number } }[] = [];
    for (let start = 0; start < lanes.length; start += LANES_A_JOB) {
      const data = { lanes: lanes.slice(start, start + LANES_A_JOB) };
      jobs.push({ name: 'wake-up', data, opts: { delay: Math.ceil(delayMs) } });
    }
    const [only] = jobs;
    if (!only) return;
    await using<unknown>((current) =>
      jobs.length === 1 ? current.add(only.name, only.data, only.opts) : current.addBulk(jobs),
    );
  }

  /** What is to be woken at once, by whomever, shares jobs. */
  const atOnce = new Batcher<string, void>(
    async (lanes) => {
      await put([...new Set(lanes)], 0);
      return [];
    },
    { most: 16 * LANES_A_JOB, inFlight: 2 },
  );

  return {
    async add(lanes, delayMs = 0) {
      if (delayMs > 0) await put(lanes, delayMs);
      else await atOnce.addAll(lanes);
    },
    waiting: () => using((current) => current.getWaitingCount()),
    listen(look, onError) {
      const worker = new Worker<WakeUp>(NAME, ({ data }) => look(data.lanes), {
        connection: redis,
        prefix,
        concurrency: JOBS_AT_ONCE,
        // A job is a hint and may run any number of times; the lanes decide what is done.
        maxStalledCount: 1_000_000,
        lockDuration: 10_000,
        stalledInterval: 5_000,
        runRetryDelay: 200,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
      });
      worker.on('error', onError);
      return { close: () => worker.close() };
    },
    async close() {
      await queue?.close();
    },
  };
}
