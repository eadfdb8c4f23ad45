import { once } from 'node:events';
import type { OpenRedis, Operations } from './operations.ts';
import type { Output } from './output.ts';
import type { Terminal } from './terminal.ts';

/** What a command is given. */
export interface Context {
  readonly operations: Operations;
  readonly output: Output;
  readonly terminal: Terminal;
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Whether all is as it should be: the exit code 0, or 1. */
export type Verdict = 'well' | 'trouble';

/** What kept a command from its work; one line for the operator. */
export class TroubleError extends Error {
  override readonly name = 'TroubleError';
}

/**
 * Does something with the queue once Redis answers, and lets go of it.
 *
 * @throws {TroubleError} Redis cannot be reached.
 */
export async function withQueue(
  { operations, signal }: Context,
  work: (redis: OpenRedis) => Promise<Verdict>,
): Promise<Verdict> {
  const redis = operations.connect();
  try {
    await ready(redis, signal);
    return await work(redis);
  } finally {
    await redis.queue.close();
    redis.connection.disconnect();
  }
}

async function ready({ connection }: OpenRedis, signal: AbortSignal): Promise<void> {
  try {
    await once(connection, 'ready', { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new TroubleError(
      `Redis cannot be reached (${reasonOf(error)}): start it, or set REDIS_URL as the worker has it.`,
      { cause: error },
    );
  }
}

/** Node's error of several addresses has no message, only a code. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ((error as NodeJS.ErrnoException).code ?? error.name);
}
