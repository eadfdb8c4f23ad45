import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RedisConnection } from './redis.ts';
import type { ShardChange } from './shards.ts';

/** By file, and what stands before it. */
const preludes = {
  accept: ['clock', 'seen', 'place', 'waiting', 'left'],
  delay: ['clock', 'seen', 'left'],
  cancel: ['seen'],
  take: ['clock'],
  finish: ['clock', 'waiting'],
  retry: ['clock', 'waiting'],
  renew: ['clock'],
  journal: ['clock'],
  confirm: ['clock', 'left'],
  hasten: ['clock'],
  forget: ['clock', 'waiting', 'left'],
  sweep: ['clock', 'place', 'waiting', 'left'],
  replay: ['clock', 'place', 'waiting', 'left'],
  adopt: ['clock', 'seen'],
  layout: [],
  inspect: ['clock'],
  figures: ['clock'],
} as const;

export type ScriptName = keyof typeof preludes;

/** What must have happened to a write before it counts as done. */
export interface Replication {
  /** Replicas that must have it in memory, beside the primary. */
  readonly replicas: number;
  readonly timeoutMs: number;
}

/** What a process believes of how the lanes are spread. Default: over one shard. */
export interface Spread {
  readonly shards?: number | ShardChange | undefined;
  /** Whether lanes may go from this shard to another. */
  readonly leaving?: boolean;
}

/** Emitted by a connection when a script was refused since what is believed is not so. */
export const MISTAKEN = 'mistaken';

type Run = (prefix: string, args: readonly (string | number)[]) => Promise<unknown>;
type Send = (how: 'evalsha' | 'eval', script: string, ...rest: Parameters<Run>) => Promise<unknown>;

/**
 * Runs one Lua file on a shard: by its hash, and with its text when Redis does not know it yet.
 *
 * @throws ioredis' error, or one that tells how few replicas have the write.
 */
export function loadScript(
  redis: RedisConnection,
  name: ScriptName,
  replication: Replication = { replicas: 0, timeoutMs: 0 },
  spread: Spread = {},
): Run {
  const files: readonly string[] = [...preludes[name], name];
  const source = (files.includes('left') ? believed(spread) : '') + files.map(read).join('');
  const sha = createHash('sha1').update(source).digest('hex');
  const send = replication.replicas > 0 ? replicated(redis, replication) : alone(redis);
  async function run(prefix: string, args: Parameters<Run>[1]): Promise<unknown> {
    try {
      return await send('evalsha', sha, prefix, args);
    } catch (error) {
      // Redis forgets scripts when it restarts.
      if (!isRefused(error, 'NOSCRIPT')) throw error;
      return send('eval', source, prefix, args);
    }
  }
  return async (prefix, args) => {
    try {
      return await run(prefix, args);
    } catch (error) {
      if (isRefused(error, 'LAYOUT')) redis.emit(MISTAKEN);
      throw error;
    }
  };
}

function believed({ shards = 1, leaving = false }: Spread): string {
  const { count, next } = typeof shards === 'number' ? { count: shards, next: undefined } : shards;
  const change = next === undefined ? '' : `${count}>${next}`;
  return `local count, change, leaving = '${count}', '${change}', ${leaving}\n\n`;
}

const isRefused = (error: unknown, code: 'NOSCRIPT' | 'LAYOUT'): boolean =>
  error instanceof Error && error.message.startsWith(`${code} `);

const alone =
  (redis: RedisConnection): Send =>
  (how, script, prefix, args) =>
    redis[how](script, 1, prefix, ...args);

function replicated(redis: RedisConnection, { replicas, timeoutMs }: Replication): Send {
  return async (how, script, prefix, args) => {
    // WAIT is about the writes of its own connection, hence one pipeline; the script's key leads
    // both to the shard's node in a Cluster.
    const pipeline = redis.pipeline()[how](script, 1, prefix, ...args);
    const answers = await pipeline.wait(replicas, timeoutMs).exec();
    const [[failure, answer] = [], [waitFailure, reached] = []] = answers ?? [];
    if (failure ?? waitFailure) throw failure ?? waitFailure;
    if (Number(reached) < replicas) {
      throw new Error(`${Number(reached)} of ${replicas} replicas have it after ${timeoutMs} ms.`);
    }
    return answer;
  };
}

const read = (name: string): string =>
  readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), 'utf8');
