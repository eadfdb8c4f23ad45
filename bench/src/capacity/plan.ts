import { shardsByPrimary } from './slots.ts';

/** What one message costs one webhook, one worker and one shard, and how long a turn takes. */
export interface Costs {
  /** CPU-seconds of the webhook for 1,000 messages, one a delivery. Source: `capacity`. */
  readonly webhookCpu: number;
  /** CPU-seconds of the worker for 1,000 messages with one reply each. Source: `capacity`. */
  readonly workerCpu: number;
  /** CPU-seconds of Redis for 1,000 messages, from accept to finish. Source: `capacity`. */
  readonly redisCpu: number;
  /** What a turn takes beside Graph, in ms. Source: `capacity`. */
  readonly ownMs: number;
  /** How long a call of Graph takes, in ms. Source: your Page's; 100 is assumed in the benchmarks. */
  readonly graphMs: number;
  /** Turns side by side in one worker process. Source: the default of `WORKER_CONCURRENCY`. */
  readonly turns: number;
  /** Bytes of Redis for an event that waits, with its lane and job. Source: `capacity`. */
  readonly waitingEventBytes: number;
  /** Bytes of Redis for the id of an accepted event. Source: `seen`. */
  readonly rememberedIdBytes: number;
  /** Bytes of Redis for what is kept of a conversation. Source: `capacity`. */
  readonly conversationBytes: number;
  /** Bytes that Redis receives for a message; a replica is sent about as many. Source: `capacity`. */
  readonly redisBytesIn: number;
  /** Bytes that Redis answers for a message. Source: `capacity`. */
  readonly redisBytesOut: number;
  /** Bytes that Redis appends to its file for a message. Source: `capacity`. */
  readonly fileBytes: number;
}

/** What is asked of the system. */
export interface Goal {
  /** At the busiest time. */
  readonly messagesPerSecond: number;
  /** Share of a core, and of a worker's turns, to use at that time; the rest is for bursts. */
  readonly share: number;
  /** How long workers may be away, or Graph, while all events wait in memory. */
  readonly outageSeconds: number;
  /** How long ids are remembered: the queue's `seenMs`. */
  readonly rememberedHours: number;
  /** Messages of these hours, as a share of the busiest time's; 1 is never too little. */
  readonly dailyShare: number;
  /** Conversations of which something is kept. */
  readonly conversations: number;
}

/** What to start; see `planFor`. */
export interface Plan {
  readonly webhooks: number;
  readonly workersByCpu: number;
  readonly workersByTurns: number;
  /** The greater of both. */
  readonly workers: number;
  /** Each on a primary of its own, which has a core of its own. */
  readonly shards: number;
  /** On one primary, of as many primaries, when nobody gives each shard its own. */
  readonly crowdedShards: number;
  /** Of all processes at the busiest time, without replicas. */
  readonly busyCores: number;
  /** To have, one a process, without replicas. */
  readonly cores: number;
  /** `maxmemory` of each primary, and of its replica. */
  readonly maxmemoryBytes: number;
  /** Of each primary, to its replica too. */
  readonly redisOutBytesPerSecond: number;
  readonly redisInBytesPerSecond: number;
  /** What each primary writes to disk before it answers. */
  readonly fileBytesPerSecond: number;
  /** The least value of `REFUSE_EVENTS` with which nothing is refused in the outage. */
  readonly refuseEvents: number;
  /** The least number of Pages that may send so much. */
  readonly pages: number;
}

/** Text messages a second that Meta lets one Page send. Source: Messenger Platform, "Rate limits". */
const sendsPerSecondOfPage = 300;
/** Share of `maxmemory` up to which the queue counts Redis as well. Source: the queue's `slow`. */
const shareOfMemory = 0.7;

/**
 * What a goal takes at these costs. Each figure is the least whole number that keeps every core,
 * and every worker's turns, at or below the goal's share.
 *
 * - webhooks = rate × `webhookCpu` / 1,000 / share: one process uses one core
 * - workers by CPU = rate × `workerCpu` / 1,000 / share
 * - workers by turns = rate × (`graphMs` + `ownMs`) / 1,000 / (`turns` × share), Little's law
 * - shards = rate × `redisCpu` / 1,000 / share: Redis runs scripts on one core
 * - `maxmemory` of a primary = (rate × outage × `waitingEventBytes` + rate × daily share × hours ×
 *   3,600 × `rememberedIdBytes` + conversations × `conversationBytes`) / shards / 0.7
 * - network of a primary = rate × (`redisBytesIn` in, `redisBytesOut` + `redisBytesIn` out) / shards
 * - Pages = rate / 300: one reply a message
 *
 * @example
 * const { workers, shards } = planFor(costs, { ...goal, messagesPerSecond: 10_000 });
 */
export function planFor(costs: Costs, goal: Goal): Plan {
  const { messagesPerSecond: rate, share } = goal;
  const coresFor = (cpu: number): number => (rate * cpu) / 1_000;
  const processesFor = (cpu: number): number => atLeastOne(coresFor(cpu) / share);

  const webhooks = processesFor(costs.webhookCpu);
  const workersByCpu = processesFor(costs.workerCpu);
  const turnsUnderWay = (rate * (costs.graphMs + costs.ownMs)) / 1_000;
  const workersByTurns = atLeastOne(turnsUnderWay / (costs.turns * share));
  const workers = Math.max(workersByCpu, workersByTurns);
  const shards = processesFor(costs.redisCpu);

  const refuseEvents = rate * goal.outageSeconds;
  const ids = rate * goal.dailyShare * goal.rememberedHours * 3_600;
  const bytes =
    refuseEvents * costs.waitingEventBytes +
    ids * costs.rememberedIdBytes +
    goal.conversations * costs.conversationBytes;
  const ofPrimary = (each: number): number => (rate * each) / shards;

  return {
    webhooks,
    workersByCpu,
    workersByTurns,
    workers,
    shards,
    crowdedShards: Math.max(...shardsByPrimary(shards, shards)),
    busyCores: coresFor(costs.webhookCpu + costs.workerCpu + costs.redisCpu),
    cores: webhooks + workers + shards,
    maxmemoryBytes: bytes / shards / shareOfMemory,
    redisInBytesPerSecond: ofPrimary(costs.redisBytesIn),
    redisOutBytesPerSecond: ofPrimary(costs.redisBytesOut + costs.redisBytesIn),
    fileBytesPerSecond: ofPrimary(costs.fileBytes),
    refuseEvents,
    pages: atLeastOne(rate / sendsPerSecondOfPage),
  };
}

function atLeastOne(count: number): number {
  // 0.6 × 5 is a little more than 3 in binary; that is no reason for a fourth.
  return Math.max(1, Math.ceil(count - 1e-9));
}
