import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RedisConnection } from './redis.ts';

/** By file, and what stands before it. */
const preludes = {
  accept: ['clock', 'seen', 'place', 'waiting'],
  delay: ['clock', 'seen'],
  cancel: ['seen'],
  take: ['clock'],
  finish: ['clock', 'waiting'],
  retry: ['clock', 'waiting'],
  renew: ['clock'],
  journal: ['clock'],
  confirm: ['clock'],
  hasten: ['clock'],
  forget: ['waiting'],
  sweep: ['clock', 'place', 'waiting'],
  replay: ['clock', 'place', 'waiting'],
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
): Run {
  const source = [...preludes[name], name].map(read).join('');
  const sha = createHash('sha1').update(source).digest('hex');
  const send = replication.replicas > 0 ? replicated(redis, replication) : alone(redis);
  return async (prefix, args) => {
    try {
      return await send('evalsha', sha, prefix, args);
    } catch (error) {
      // Redis forgets scripts when it restarts.
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return send('eval', source, prefix, args);
    }
  };
}

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
