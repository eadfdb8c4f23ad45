import { seenMember, seenPlace } from '../keys.ts';
import type { Lanes } from '../lanes.ts';
import { ADOPTED_MS, GONE_MS, keptDelayed, type Kept, type Moves } from '../moves.ts';
import type { MemoryShard } from './memory-shard.ts';
import { sweepMemory } from './memory-sweep.ts';

/** Moves between shards in memory: each method does what the Lua file of its name does. */
export function createMemoryMoves(shard: MemoryShard, lanes: Lanes, before: number): Moves {
  const hasLeft = (lane: string): boolean =>
    shard.layout !== '' && shard.layout !== String(before) && !shard.lanes.has(lane);

  const isGone = (name: string): boolean => (shard.gone.get(name) ?? -Infinity) > shard.now();

  const delayed = (): Kept[] =>
    [...shard.delayed].map(
      ([
        id,
        {
          lane,
          seen: [set, , path],
          entry,
        },
      ]) => keptDelayed(id, JSON.stringify([lane, set, path, entry])),
    );

  const dead = (): Kept[] =>
    [...shard.buried].map(([id, { lane, entry, failures, at }]) => {
      return { kind: 'dead', lane, id, at, event: JSON.stringify([lane, entry]), failures };
    });

  return {
    async accept(event) {
      if (!hasLeft(event.lane)) return lanes.accept(event);
      const isKnown = shard.knows(seenPlace(event), shard.now());
      return isKnown ? { outcome: 'duplicate', wake: false } : 'left';
    },

    async delay(delay) {
      const { event } = delay;
      const waits = shard.delayed.has(seenMember(event.id));
      if (waits || !hasLeft(event.lane)) return lanes.delay(delay);
      return shard.knows(seenPlace(event), shard.now()) ? 'duplicate' : 'left';
    },

    async sweep(most, belonging) {
      const { apart, ...swept } = sweepMemory(
        shard,
        most,
        (id, { lane }) => !belonging.includes(id) && hasLeft(lane),
      );
      const kept = new Map(delayed().map((each) => [each.id, each]));
      return { ...swept, apart: apart.flatMap((id) => kept.get(id) ?? []) };
    },

    async replay(id) {
      const buried = shard.buried.get(id);
      if (!buried) return undefined;
      const { lane, entry } = buried;
      if (hasLeft(lane)) return 'left';
      shard.buried.delete(id);
      shard.put(lane, entry, shard.now());
      return { lane };
    },

    waiting: async () => ({ items: [...shard.lanes.keys()], next: undefined }),
    kept: async (kind) => ({ items: kind === 'dead' ? dead() : delayed(), next: undefined }),
    dead: async (id) => dead().find((kept) => kept.id === id),

    async adopt({ kind, lane, id, at, event, failures }) {
      const now = shard.now();
      if (isGone(`${kind}:${id}`) || isGone(`lane:${lane}`)) return false;
      const parts = JSON.parse(event) as string[];
      const entry = parts.at(-1) ?? '';
      if (kind === 'dead') {
        shard.buried.set(id, { lane, entry, failures, at });
      } else if (!shard.delayed.has(id)) {
        const [, set = '', path = ''] = parts;
        const due = Math.max(at, now + ADOPTED_MS);
        if (shard.remember([set, id, path], now, due - now + shard.times.seenMs)) {
          shard.delayed.set(id, { lane, seen: [set, id, path], entry, due });
        }
      }
      return true;
    },

    async release({ kind, id }) {
      if (kind === 'dead') {
        shard.buried.delete(id);
        return;
      }
      const event = shard.delayed.get(id);
      if (event) shard.forget(event.seen);
      shard.delayed.delete(id);
    },

    async takeOut(what, id) {
      shard.gone.set(`${what}:${id}`, shard.now() + GONE_MS);
    },

    async layout(value, instead) {
      if (instead.includes(shard.layout)) shard.layout = value;
      return shard.layout;
    },
  };
}
