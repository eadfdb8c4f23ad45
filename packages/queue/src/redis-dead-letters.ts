import { readDeadLetter, type DeadLetter, type DeadLetterBox } from './dead-letters.ts';
import type { RedisConnection } from './redis.ts';
import { loadScript, type Spread } from './scripts.ts';

/** @param now Time of the scripts in ms; 0 is Redis' own clock. */
export function createRedisDeadLetterBox(
  redis: RedisConnection,
  prefix: string,
  graceMs: number,
  now: () => number,
  shards?: Spread['shards'],
): DeadLetterBox {
  const run = loadScript(redis, 'replay', undefined, { shards });

  async function get(id: string): Promise<DeadLetter | undefined> {
    const [event, failures, at] = await Promise.all([
      redis.hget(`${prefix}:dead-events`, id),
      redis.hget(`${prefix}:dead-letters`, id),
      redis.zscore(`${prefix}:dead-times`, id),
    ]);
    if (event === null || failures === null || at === null) return undefined;
    const [lane, entry] = JSON.parse(event) as [string, string];
    return readDeadLetter(lane, entry, failures, Number(at));
  }

  return {
    get,
    async list(limit, before) {
      const newest = before === Infinity ? '+inf' : `(${before}`;
      const key = `${prefix}:dead-times`;
      const ids = await redis.zrevrangebyscore(key, newest, '-inf', 'LIMIT', 0, limit);
      const letters = await Promise.all(ids.map(get));
      return letters.filter((letter) => letter !== undefined);
    },
    async remove(how, id) {
      const lane = (await run(prefix, [now(), graceMs, how, id])) as string;
      return lane === '' ? undefined : lane;
    },
  };
}
