import { Batcher } from './batcher.ts';
import type { QueueEvent } from './events.ts';
import type { Accepted, Delay } from './lanes.ts';
import { ADOPTED_MS, GONE_MS, keptDelayed, type Kept, type Moves, type Part } from './moves.ts';
import { acceptArgs, delayArgs, readAccepted, type RedisLanesOptions } from './redis-lanes.ts';
import { loadScript, type Replication, type ScriptName } from './scripts.ts';

const LANES_A_PART = 256;
const EVENTS_A_PART = 64;

export function createRedisMoves(options: Omit<RedisLanesOptions, 'owner'>): Moves {
  const { redis, prefix, times, replication, now, shards } = options;
  const { graceMs, seenMs } = times;
  const single = (name: ScriptName, until?: Replication) => {
    const run = loadScript(redis, name, until, { shards, leaving: true });
    return (...args: (string | number)[]) => run(prefix, [now(), ...args]);
  };
  const sweep = single('sweep');
  const replay = single('replay');
  const adopt = single('adopt', replication);
  const cancel = single('cancel');
  const layout = loadScript(redis, 'layout', replication);

  function batched<Request, Result>(
    name: ScriptName,
    head: readonly number[],
    flatten: (request: Request) => (string | number)[],
    read: (answer: number) => Result,
  ): (request: Request) => Promise<Result> {
    const run = single(name, replication);
    const batcher = new Batcher<Request, Result>(
      async (requests) =>
        ((await run(...head, ...requests.flatMap(flatten))) as number[]).map(read),
      { most: 256, inFlight: 2 },
    );
    return (request) => batcher.add(request);
  }

  async function dead(id: string, event: string): Promise<Kept | undefined> {
    const failures = await redis.hget(`${prefix}:dead-letters`, id);
    const at = await redis.zscore(`${prefix}:dead-times`, id);
    if (failures === null || at === null) return undefined;
    const [lane] = JSON.parse(event) as [string];
    return { kind: 'dead', lane, id, at: Number(at), event, failures };
  }

  return {
    accept: batched<QueueEvent, Accepted | 'left'>(
      'accept',
      [graceMs, seenMs],
      acceptArgs,
      (flags) => (flags === 4 ? 'left' : readAccepted(flags)),
    ),
    delay: batched<Delay, 'accepted' | 'duplicate' | 'left'>(
      'delay',
      [seenMs],
      delayArgs,
      (answer) => (['duplicate', 'accepted', 'left'] as const)[answer] ?? 'duplicate',
    ),
    async sweep(most, belonging) {
      const answer = await sweep(graceMs, most, ...belonging);
      const [woken, found, due, apart] = answer as [string[], string[], number, string[]];
      const nextDueMs = due < 0 ? undefined : due;
      return { woken, found, nextDueMs, apart: inPairs(apart).map((pair) => keptDelayed(...pair)) };
    },
    async replay(id) {
      const answer = (await replay(graceMs, 'replay', id)) as string | number;
      if (typeof answer === 'number') return 'left';
      return answer === '' ? undefined : { lane: answer };
    },
    async waiting(part) {
      const [next, flat] = await redis.zscan(`${prefix}:waiting`, part, 'COUNT', LANES_A_PART);
      return partOf(
        next,
        inPairs(flat).map(([lane]) => lane),
      );
    },
    async kept(kind, part) {
      const [next, flat] = await redis.hscan(
        `${prefix}:${kind}-events`,
        part,
        'COUNT',
        EVENTS_A_PART,
      );
      const found = inPairs(flat);
      if (kind === 'delayed')
        return partOf(
          next,
          found.map(([id, event]) => keptDelayed(id, event)),
        );
      const letters = await Promise.all(found.map(([id, event]) => dead(id, event)));
      return partOf(
        next,
        letters.filter((letter) => letter !== undefined),
      );
    },
    async dead(id) {
      const event = await redis.hget(`${prefix}:dead-events`, id);
      return event === null ? undefined : dead(id, event);
    },
    async adopt({ kind, lane, id, at, event, failures }) {
      return (await adopt(seenMs, ADOPTED_MS, kind, lane, id, at, event, failures)) === 1;
    },
    async release({ kind, id }) {
      await (kind === 'dead' ? replay(graceMs, 'drop', id) : cancel(id));
    },
    async takeOut(what, id) {
      await redis.set(`${prefix}:gone:${what}:${id}`, '', 'PX', GONE_MS);
    },
    layout: async (value, instead) => (await layout(prefix, [value, ...instead])) as string,
  };
}

const partOf = <Item>(next: string, items: readonly Item[]): Part<Item> => ({
  items,
  next: next === '0' ? undefined : next,
});

/** Redis answers fields and values as a flat list. */
function inPairs(flat: readonly string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [
    flat[2 * index] ?? '',
    flat[2 * index + 1] ?? '',
  ]);
}
