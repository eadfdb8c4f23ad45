// Producing
export { createQueue, type QueueOptions } from './redis-queue.ts';
export type { AddOptions, AddOutcome, Queue, StepConfirmation } from './queue.ts';
export type { QueueEvent } from './events.ts';
export type { BackpressureOptions, Pressure, PressureLimits } from './backpressure.ts';
export type { LaneFigures, QueueFigures } from './lanes.ts';
export type { DeadLetter, DeadLetters, Failure } from './dead-letters.ts';

// Consuming
export { createWorker, type WorkerOptions } from './redis-worker.ts';
export type { TurnOptions, Worker } from './worker.ts';
export type { Handle, Turn } from './visit.ts';
export type { BegunStep, StepEnd, StepInfo, StepOptions, StepOutcome, Steps } from './steps.ts';
export type { StepProgress } from './step-state.ts';
export { backoff, type BackoffOptions, type RetryDecision, type RetryPolicy } from './retry.ts';
export type { Observer } from './observer.ts';

export {
  guardEventLoop,
  type EventLoopGuard,
  type EventLoopGuardOptions,
} from './event-loop-guard.ts';

// Redis
export { inspectRedis, type RedisFinding } from './fitness.ts';
export { connectRedis, type RedisConnection, type RedisConnectionOptions } from './redis.ts';
export { redisUrlRule } from './redis-address.ts';
export type { Layout, ShardOptions } from './redis-shards.ts';
export { laneTimes, type ShardChange } from './shards.ts';
export type { LaneTimes } from './lanes.ts';

// Moving to another number of shards
export { createShardMove, type ShardMoveOptions } from './redis-shard-move.ts';
export type { ShardMove, ShardMoveState } from './shard-move.ts';

// Jobs
export { openJobQueues, type JobQueue } from './jobs.ts';

// Time
export { systemClock, type Clock } from './clock.ts';

// Errors
export {
  ClosedError,
  InputError,
  LeaseLostError,
  OverloadedError,
  QueueError,
  StepUnknownError,
  TurnLostError,
  UnavailableError,
} from './errors.ts';
