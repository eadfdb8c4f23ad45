import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RedisConnection } from './redis.ts';

/** By file, and what stands before it. */
const preludes = {
  accept: ['clock', 'place'],
  take: ['clock'],
  finish: ['clock'],
  retry: ['clock'],
  renew: ['clock'],
  journal: ['clock'],
  confirm: ['clock'],
  sweep: ['clock'],
  replay: ['clock', 'place'],
} as const;

type ScriptName = keyof typeof preludes;

/** Runs one Lua file on a shard: by its hash, and with its text when Redis does not know it yet. */
export function loadScript(
  redis: RedisConnection,
  name: ScriptName,
): (prefix: string, args: readonly (string | number)[]) => Promise<unknown> {
  const source = [...preludes[name], name].map(read).join('');
  const sha = createHash('sha1').update(source).digest('hex');
  return async (prefix, args) => {
    try {
      return await redis.evalsha(sha, 1, prefix, ...args);
    } catch (error) {
      // Redis forgets scripts when it restarts.
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return redis.eval(source, 1, prefix, ...args);
    }
  };
}

const read = (name: string): string =>
  readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), 'utf8');
