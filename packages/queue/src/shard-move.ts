import { InputError } from './errors.ts';
import { carry, placesOf, type MovingShard } from './moving-shards.ts';
import type { Kept, Part } from './moves.ts';
import type { ShardChange } from './shards.ts';

/** How far lanes have come on their way to another number of shards. */
export type ShardMoveState =
  /** What is still in its old shard. */
  | {
      readonly kind: 'moving';
      /** Lanes that hold events there: each leaves once these are handled. */
      readonly lanes: number;
      readonly delayedEvents: number;
      readonly deadLetters: number;
    }
  /** All have moved; for so long yet events may be delivered again that only the old shards know. */
  | { readonly kind: 'remembering'; readonly leftMs: number }
  /** The old number is of no use any more. */
  | { readonly kind: 'over' };

/** Lanes on their way to another number of shards. Made by {@link createShardMove}. */
export interface ShardMove {
  /**
   * Begins the move, brings over what is delayed or dead of lanes that have left, and ends it when that
   * is all: call it again, in any process, until it is over. Every process of the queue must know of
   * both numbers before the first call.
   *
   * @throws {InputError} the queue's lanes are spread over another number.
   */
  advance(signal?: AbortSignal): Promise<ShardMoveState>;
}

/**
 * @param all As many as the larger number says.
 * @param seenMs For how long an event may be delivered again.
 */
export function openShardMove(
  all: readonly MovingShard[],
  change: ShardChange,
  { seenMs, now }: { readonly seenMs: number; readonly now: () => number },
): ShardMove {
  const { count, next } = change;
  const begun = `${count}>${next}`;
  /** When nothing was in its old shard any more stands in the first shard, behind this. */
  const emptied = `${begun}@`;
  /** What stands in a shard in which it has not begun. */
  const none = ['', `${count}`];

  /** Answers what stands in the first shard then. */
  async function begin(): Promise<string> {
    const held = await Promise.all(all.map(({ moves }) => moves.layout('', [])));
    const [first = '', ...others] = held;
    if (first === `${next}`) return first;
    const foreign = held
      .slice(0, count)
      .find((each) => ![...none, begun, `${next}`].includes(each) && !each.startsWith(emptied));
    if (foreign !== undefined) {
      const rule = `The lanes move from ${count} to ${next} shards here, but`;
      throw new InputError(`${rule} in Redis they are spread over ${foreign}: set it so.`);
    }
    // Those that no lane was in come before: who is told that one has left must be let in there. What an
    // earlier move has left in them says nothing.
    for (const [index, { moves }] of all.slice(count).entries()) {
      const stale = others[count - 1 + index] ?? '';
      if (stale !== `${next}`) await moves.layout(begun, [stale]);
    }
    for (const { moves } of all.slice(0, count)) await moves.layout(begun, none);
    // One that has forgotten, for it was restored perhaps, may hold something again.
    const isNew =
      none.includes(first) || others.slice(0, count - 1).some((each) => none.includes(each));
    if (first.startsWith(emptied) && isNew) await all[0]?.moves.layout(begun, [first]);
    return isNew ? begun : first;
  }

  /** What stays in one old shard though it belongs elsewhere. */
  async function empty(old: MovingShard, signal?: AbortSignal): Promise<number[]> {
    const goes = (lane: string): boolean => placesOf(all, change, lane)[1] !== old;
    // In this order: once no lane waits that goes, none of its events is delayed or dies here.
    const waiting = new Set<string>();
    for await (const lanes of parts((part) => old.moves.waiting(part), signal)) {
      for (const lane of lanes.filter(goes)) waiting.add(lane);
    }
    const bring = async (kept: Kept): Promise<boolean> =>
      !waiting.has(kept.lane) && carry(kept, old, placesOf(all, change, kept.lane)[1]);
    const left = [waiting.size];
    for (const kind of ['delayed', 'dead'] as const) {
      let stay = 0;
      for await (const items of parts((part) => old.moves.kept(kind, part), signal)) {
        const brought = await Promise.all(items.filter(({ lane }) => goes(lane)).map(bring));
        stay += brought.filter((isThere) => !isThere).length;
      }
      left.push(stay);
    }
    return left;
  }

  async function end(): Promise<void> {
    // The first is last: when it says so, the old number is forgotten everywhere.
    for (const { moves } of all.toReversed()) {
      await moves.layout(`${next}`, [await moves.layout('', [])]);
    }
  }

  return {
    async advance(signal) {
      let layout = await begin();
      if (layout === `${next}`) return { kind: 'over' };
      if (layout === begun) {
        let [lanes, delayedEvents, deadLetters] = [0, 0, 0];
        for (const old of all.slice(0, count)) {
          const [waiting = 0, delayed = 0, dead = 0] = await empty(old, signal);
          lanes += waiting;
          delayedEvents += delayed;
          deadLetters += dead;
        }
        if (lanes + delayedEvents + deadLetters > 0) {
          return { kind: 'moving', lanes, delayedEvents, deadLetters };
        }
        layout = (await all[0]?.moves.layout(emptied + now(), [begun])) ?? begun;
      }
      const leftMs = Number(layout.slice(emptied.length)) + seenMs - now();
      if (leftMs > 0) return { kind: 'remembering', leftMs };
      await end();
      return { kind: 'over' };
    },
  };
}

async function* parts<Item>(
  look: (part: string) => Promise<Part<Item>>,
  signal?: AbortSignal,
): AsyncGenerator<readonly Item[], void, void> {
  let part: string | undefined = '0';
  while (part !== undefined) {
    signal?.throwIfAborted();
    const { items, next }: Part<Item> = await look(part);
    yield items;
    part = next;
  }
}
