import { text } from 'node:stream/consumers';
import type { BackoffOptions, BackpressureOptions } from '@bot/queue';
import type { Guard } from './guards-off.ts';
import type { PlannedEvent } from './traffic.ts';

/** What every process of a run is told, over its standard input. */
export interface Orders {
  /** Of this process and no other, also after a restart. */
  readonly name: string;
  readonly redisUrl: string;
  readonly sinkPort: number;
  /** Guards of the product that this process goes without. */
  readonly guardsOff: readonly Guard[];
  /** Of a clock to follow, see {@link followClock}; absent when the time is the right one. */
  readonly clockPath?: string;
  readonly shards: number;
  /** Replicas that must have a write before it counts. */
  readonly replicas: number;
}

export interface ProducerOrders extends Orders {
  /** Each is sent at its timestamp, counted from the beginning of the run. */
  readonly events: readonly PlannedEvent[];
  /** Events in one `add` at the most. */
  readonly addSize: number;
  /** Calls of `add` under way at the most. */
  readonly addsAtOnce: number;
  /** Default: the queue's own. */
  readonly seenMs?: number;
  /** Default: the queue's own. */
  readonly backpressure?: BackpressureOptions;
  /** Default: as {@link connectRedis} has it. */
  readonly commandTimeoutMs?: number;
}

export interface WorkerOrders extends Orders {
  readonly concurrency: number;
  readonly leaseMs: number;
  readonly graceMs: number;
  readonly sweepEveryMs: number;
  readonly confirmWithinMs: number;
  /** Default: those of the product. */
  readonly retry?: Omit<BackoffOptions, 'random'>;
  /** Ends itself when its event loop is blocked for so long. Default: never. */
  readonly stuckMs?: number;
}

/** Read by the process that must follow them. */
export async function readOrders<Kind extends Orders>(): Promise<Kind> {
  return JSON.parse(await text(process.stdin)) as Kind;
}
