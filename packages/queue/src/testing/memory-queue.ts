import type { BackpressureOptions } from '../backpressure.ts';
import { systemClock, type Clock } from '../clock.ts';
import type { LaneTimes } from '../lanes.ts';
import { openQueue, type Queue } from '../queue.ts';
import { runWorker, type TurnOptions, type Worker } from '../worker.ts';
import { createMemoryShards } from './memory-shards.ts';

/** As for a queue on Redis; times have the same defaults. */
export interface MemoryQueueOptions extends Partial<LaneTimes> {
  /** How many parts the lanes are spread over. Default 1. */
  readonly shards?: number;
  readonly backpressure?: BackpressureOptions;
  /** Of the lanes, the queue and its workers. Default the process's own. */
  readonly clock?: Clock;
}

/** A queue that lives in this process, and its workers. */
export interface MemoryQueue {
  readonly queue: Queue;
  /** Starts a worker on it, with the clock of the queue unless it is given one. */
  readonly work: (options: TurnOptions) => Worker;
  /** Closes the workers, which lets running turns end, and the queue. May be called more than once. */
  readonly close: () => Promise<void>;
}

/**
 * A queue for tests that needs no Redis and promises the same, for as long as the process lives: only
 * what stands between the lanes and Redis is another.
 *
 * @example
 * const { queue, work, close } = createMemoryQueue();
 * work({ handle: async (event, turn) => bot.handle(event, turn) });
 * await queue.add({ id: 'm1', lane: 'ann', timestamp: Date.now(), data: { text: 'hi' } });
 * await close();
 *
 * @throws {InputError} an option breaks a rule, as for a queue on Redis.
 */
export function createMemoryQueue(options: MemoryQueueOptions = {}): MemoryQueue {
  const { clock = systemClock, backpressure = {} } = options;
  const open = createMemoryShards({ ...options, clock });
  const queue = openQueue(open('queue'), async () => 0, { backpressure, clock });
  const workers: Worker[] = [];
  return {
    queue,
    work(turns) {
      const { leaseMs } = options;
      const worker = runWorker(open, { clock, ...(leaseMs && { leaseMs }), ...turns });
      workers.push(worker);
      return worker;
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      await queue.close();
    },
  };
}
