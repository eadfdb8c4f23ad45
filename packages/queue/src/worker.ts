import { Worker as BullWorker } from 'bullmq';
import { systemClock, type Clock } from './clock.ts';
import { ClosedError, InputError } from './errors.ts';
import { createLeases } from './leases.ts';
import type { Observer } from './observer.ts';
import { backoff, type RetryPolicy } from './retry.ts';
import { createShards, laneTimes, type Shard, type ShardOptions } from './shards.ts';
import { Slots } from './slots.ts';
import type { StepOptions } from './steps.ts';
import { sweep } from './sweeper.ts';
import { visitLane, type Handle, type VisitOptions } from './visit.ts';
import { wakeUpQueue, type WakeUp } from './wake-ups.ts';

/** What a worker runs, and how much of it. */
export interface WorkerOptions extends ShardOptions {
  /** Runs one turn; whatever it throws decides about a retry. */
  readonly handle: Handle;
  /** Turns side by side in this process. Default 400. */
  readonly concurrency?: number;
  /** Default: 6 attempts with pauses from 0.5 s doubling to 30 s, see {@link backoff}. */
  readonly retry?: RetryPolicy;
  /** What to do about steps whose outcome is not known. Default: repeat them at once. */
  readonly steps?: StepOptions;
  readonly observer?: Observer;
  /** How often lanes are looked for that nobody touched. Default 1 s. */
  readonly sweepEveryMs?: number;
  /** Turns after which a lane is given back, so that a busy lane starves nobody. Default 32. */
  readonly turnsPerVisit?: number;
  /** Time after which a lane is given back. Default 2 s. */
  readonly visitMs?: number;
  /** How long `close` lets running turns go on. Default 10 s. */
  readonly drainMs?: number;
  readonly clock?: Clock;
  /** From 0 to below 1, to spread the pauses of retries; for tests. Default `Math.random`. */
  readonly random?: () => number;
}

/** Runs turns in this process. Made by {@link createWorker}. */
export interface Worker {
  /** Turns under way. */
  readonly running: number;
  /**
   * Takes no more lanes, lets running turns end, aborts those that last longer than `drainMs`;
   * their events are handled by another worker. May be called more than once.
   */
  close(): Promise<void>;
}

/** Jobs being looked at at once: each only starts its lanes, so few keep all slots busy. */
const JOBS_AT_ONCE = 8;

/**
 * Takes lanes from the queue and runs their turns: one at a time and in order within a lane,
 * lanes side by side. The connection must have the role `worker`; it is not closed.
 *
 * @example
 * const worker = createWorker({
 *   redis: connectRedis({ url, role: 'worker' }),
 *   handle: async (event, turn) => {
 *     await turn.step('greet', () => greet(event.lane));
 *   },
 * });
 */
export function createWorker(options: WorkerOptions): Worker {
  const { redis, concurrency = 400, clock = systemClock, observer = {} } = options;
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new InputError(`concurrency must be a whole number of at least 1, got ${concurrency}.`);
  }
  const leaseMs = options.leaseMs ?? laneTimes.leaseMs;
  const shards = createShards(options);
  const slots = new Slots(concurrency);
  const visits = new Set<Promise<void>>();
  const keeping = new AbortController();
  const aborting = new AbortController();
  const onError = (error: unknown): void => observer.failed?.(error);
  const leases = createLeases({
    renew: (grant) => shards.of(grant.head.lane).lanes.renew(grant),
    leaseMs,
    clock,
    onError,
  });
  let closing: Promise<void> | undefined;

  const visitOptions = (shard: Shard): VisitOptions => ({
    lanes: shard.lanes,
    wake: (lanes, delayMs) => shards.wake(lanes, delayMs),
    leases,
    handle: options.handle,
    retry: options.retry ?? backoff({ random: options.random ?? Math.random }),
    steps: options.steps ?? {},
    clock,
    observer,
    leaseMs,
    mostTurns: options.turnsPerVisit ?? 32,
    mostMs: options.visitMs ?? 2_000,
    signal: aborting.signal,
    closing: () => closing !== undefined,
  });

  /** Takes a lane once there is a slot for it, and leaves its visit running. */
  async function start(shard: Shard, visit: VisitOptions, lane: string): Promise<void> {
    await slots.acquire();
    try {
      const askedAt = clock.monotonic();
      const taken = await shard.lanes.take(lane);
      if (taken.kind !== 'granted') return slots.release();
      const running = visitLane(taken.grant, askedAt, visit)
        .catch(onError)
        .finally(() => {
          visits.delete(running);
          slots.release();
        });
      visits.add(running);
    } catch (error) {
      slots.release();
      onError(error);
    }
  }

  const workers = shards.all.map((shard) => {
    const visit = visitOptions(shard);
    const worker = new BullWorker<WakeUp>(
      wakeUpQueue,
      async ({ data }) => {
        const starts = data.lanes.map((lane) => start(shard, visit, lane));
        const results = await Promise.allSettled(starts);
        const sentAway = data.lanes.filter((_, index) => results[index]?.status === 'rejected');
        await shards.wake(sentAway);
      },
      {
        connection: redis,
        prefix: shard.prefix,
        concurrency: JOBS_AT_ONCE,
        // A job is a hint and may run any number of times; the lanes decide what is done.
        maxStalledCount: 1_000_000,
        lockDuration: 10_000,
        stalledInterval: 5_000,
        runRetryDelay: 200,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
      },
    );
    worker.on('error', onError);
    return worker;
  });
  const background = [
    leases.keep(keeping.signal),
    ...shards.all.map((shard) =>
      sweep({
        shard,
        everyMs: options.sweepEveryMs ?? 1_000,
        clock,
        signal: keeping.signal,
        onSwept: (lanes) => observer.swept?.(lanes),
        onError,
      }),
    ),
  ];

  async function close(): Promise<void> {
    slots.close();
    const drained = new AbortController();
    const deadline = clock
      .wait(options.drainMs ?? 10_000, drained.signal)
      .then(() => aborting.abort(new ClosedError('The worker is closing.')));
    await Promise.all(workers.map((worker) => worker.close()));
    await Promise.all(visits);
    drained.abort();
    keeping.abort();
    await Promise.all([deadline, ...background]);
    await shards.close();
  }

  return {
    get running() {
      return visits.size;
    },
    close: () => (closing ??= close()),
  };
}
