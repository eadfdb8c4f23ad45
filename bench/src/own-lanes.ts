import { laneTimes, type RedisConnection } from '@bot/queue';
// What a worker does with lanes is no part of what the package offers.
import type { Grant, Lanes } from '../../packages/queue/src/lanes.ts';
import { createRedisLanes } from '../../packages/queue/src/redis-lanes.ts';
import { madeUpEvents } from './made-up-event.ts';
import { partsOf, sideBySide } from './side-by-side.ts';

/** Takes or finishes that are under way at any time: as many as share two calls. */
export const underWay = 512;
const prefix = '{bench:0}';

/** The lanes as the worker uses them, one event in each of so many. */
export interface OwnLanes {
  readonly lanes: Lanes;
  readonly ids: readonly string[];
  /** Takes all of them. */
  takeAll(): Promise<Grant[]>;
}

export async function fillLanes(redis: RedisConnection, count: number): Promise<OwnLanes> {
  const lanes = createRedisLanes({
    redis,
    prefix,
    times: { ...laneTimes, leaseMs: 60_000 },
    replication: { replicas: 0, timeoutMs: 500 },
    now: () => 0,
    owner: 'bench',
  });
  const events = madeUpEvents(count, count);
  await sideBySide(underWay, events, (event) => lanes.accept(event));
  const ids = events.map(({ lane }) => lane);
  return {
    lanes,
    ids,
    async takeAll() {
      const grants: Grant[] = [];
      await sideBySide(underWay, ids, async (lane) => {
        const taken = await lanes.take({ lane, mostLost: 0 });
        if (taken.kind === 'granted') grants.push(taken.grant);
      });
      return grants;
    },
  };
}

/**
 * The least that reaches as many keys: `work` for each lane in one script, 256 lanes a call and two
 * calls under way, as ours. It has the keys `lane` and `state`, and may add to `results`.
 */
export async function runBare(
  redis: RedisConnection,
  work: string,
  ids: readonly string[],
): Promise<void> {
  const script = `local results = {}
    for i = 1, #ARGV do
      local lane = KEYS[1] .. ':lane:' .. ARGV[i]
      local state = KEYS[1] .. ':lane-state:' .. ARGV[i]
      ${work}
    end
    return results`;
  const sha = (await redis.script('LOAD', script)) as string;
  await sideBySide(2, partsOf(ids, 256), (part) => redis.evalsha(sha, 1, prefix, ...part));
}
