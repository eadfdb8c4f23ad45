import type { DeadLetter, DeadLetterBox } from './dead-letters.ts';
import { seenMember, shardOf } from './keys.ts';
import type { Swept } from './lanes.ts';
import type { Kept, Moves } from './moves.ts';
import type { LaneDoor, Shard, ShardChange, Shards } from './shards.ts';

/** A shard that lanes leave or come to. */
export interface MovingShard extends Shard {
  readonly moves: Moves;
}

/** Where a lane is while it still holds events, and where it goes then: the same for many a lane. */
export function placesOf(
  all: readonly MovingShard[],
  { count, next }: ShardChange,
  lane: string,
): readonly [old: MovingShard, fresh: MovingShard] {
  return [all[shardOf(lane, count)] as MovingShard, all[shardOf(lane, next)] as MovingShard];
}

/** Brings what an old shard keeps of a lane that has left it; answers false when it must stay for now. */
export async function carry(kept: Kept, old: MovingShard, fresh: MovingShard): Promise<boolean> {
  const isThere = await fresh.moves.adopt(kept);
  if (isThere) await old.moves.release(kept);
  return isThere;
}

/**
 * Shards between which lanes move. Until an operator begins the move all lanes stay where they are; from
 * then on each leaves its old shard when none of its events wait there.
 *
 * @param all As many as the larger number says.
 */
export function gatherMovingShards(all: readonly MovingShard[], change: ShardChange): Shards {
  const doors = new Map<string, LaneDoor>();
  /** Shards to which something has gone from here. Before that none has lanes that this process woke. */
  const reached = new Set<MovingShard>();
  const places = (lane: string): readonly [MovingShard, MovingShard] => placesOf(all, change, lane);

  return {
    all: all.map((shard, index) =>
      index < change.count
        ? { ...shard, lanes: { ...shard.lanes, sweep: (most) => sweepOld(shard, most, places) } }
        : shard,
    ),
    deadLetters: [createMovingDeadLetterBox(all, places, reached)],
    doorOf(lane) {
      const [old, fresh] = places(lane);
      if (old === fresh) return old.lanes;
      const key = `${all.indexOf(old)}>${all.indexOf(fresh)}`;
      const door = doors.get(key) ?? openDoor(old, fresh, reached);
      doors.set(key, door);
      return door;
    },
    async wake(lanes) {
      if (lanes.length === 0) return;
      // In both places, if it may be in either: a job is a hint, and finds an empty lane in one of them.
      const placed = lanes.flatMap((lane) => {
        const [old, fresh] = places(lane);
        const both = fresh !== old && reached.has(fresh);
        return (both ? [old, fresh] : [old]).map((shard) => ({ shard, lane }));
      });
      const byShard = Map.groupBy(placed, ({ shard }) => shard);
      const jobs = [...byShard].map(([{ wakeUps }, some]) =>
        wakeUps.add(some.map(({ lane }) => lane)),
      );
      await Promise.all(jobs);
    },
    async close() {
      await Promise.all(all.map((shard) => shard.wakeUps.close()));
    },
  };
}

/** The old place is asked first, always: what has left it does not come back. */
function openDoor(old: MovingShard, fresh: MovingShard, reached: Set<MovingShard>): LaneDoor {
  return {
    async accept(event) {
      const here = await old.moves.accept(event);
      if (here !== 'left') return here;
      reached.add(fresh);
      return fresh.lanes.accept(event);
    },
    async delay(delay) {
      const here = await old.moves.delay(delay);
      return here === 'left' ? fresh.lanes.delay(delay) : here;
    },
    async cancel(eventId) {
      const here = await old.lanes.cancel(eventId);
      // Who looked at it in the old shard before must not bring it afterwards.
      await fresh.moves.takeOut('delayed', seenMember(eventId));
      const there = await fresh.lanes.cancel(eventId);
      return here || there;
    },
    async confirm(confirmation) {
      const here = await old.lanes.confirm(confirmation);
      if (here !== 'not-waiting') return here;
      const there = await fresh.lanes.confirm(confirmation);
      if (there === 'wake') reached.add(fresh);
      return there;
    },
    async forget({ lanes, among, part }) {
      const there = part.startsWith(FRESH);
      if (there) {
        const { count, next } = await fresh.lanes.forget({ lanes, among, part: part.slice(1) });
        return { count, next: next === undefined ? undefined : FRESH + next };
      }
      const { count, next = `${FRESH}0` } = await old.lanes.forget({ lanes, among, part });
      if (next.startsWith(FRESH)) {
        await Promise.all(lanes.map((lane) => fresh.moves.takeOut('lane', lane)));
      }
      return { count, next };
    },
    async inspect(lane) {
      const here = await old.lanes.inspect(lane);
      return here.events > 0 ? here : fresh.lanes.inspect(lane);
    },
    async events(lane, first, most) {
      const here = await old.lanes.events(lane, first, most);
      return here.length > 0 ? here : fresh.lanes.events(lane, first, most);
    },
  };
}

/** Before the name of a part of the fresh shard, which comes after all of the old one. */
const FRESH = '>';

type Places = (lane: string) => readonly [MovingShard, MovingShard];

/** An old shard may be where other lanes go: what is due of those belongs there, like what stays. */
async function sweepOld(shard: MovingShard, most: number, places: Places): Promise<Swept> {
  const { moves } = shard;
  const { apart, ...swept } = await moves.sweep(most, []);
  if (apart.length === 0) return swept;
  const belonging: string[] = [];
  let stays = false;
  await Promise.all(
    apart.map(async (kept) => {
      const [, fresh] = places(kept.lane);
      if (fresh === shard) belonging.push(kept.id);
      else if (!(await carry(kept, shard, fresh))) stays = true;
    }),
  );
  const rest = belonging.length > 0 ? await moves.sweep(most, belonging) : { woken: [], found: [] };
  return {
    woken: [...swept.woken, ...rest.woken],
    found: [...swept.found, ...rest.found],
    // There may be more than one sweep takes.
    nextDueMs: stays ? undefined : 0,
  };
}

function createMovingDeadLetterBox(
  all: readonly MovingShard[],
  places: Places,
  reached: Set<MovingShard>,
): DeadLetterBox {
  async function get(id: string): Promise<DeadLetter | undefined> {
    const found = await Promise.all(all.map(({ deadLetters }) => deadLetters.get(id)));
    return found.find((letter) => letter !== undefined);
  }

  async function replay(
    id: string,
    old: MovingShard,
    fresh: MovingShard,
  ): Promise<string | undefined> {
    const replayed = await old.moves.replay(id);
    if (typeof replayed === 'object') return replayed.lane;
    const kept = await old.moves.dead(id);
    if (kept) await carry(kept, old, fresh);
    await fresh.moves.takeOut('dead', id);
    reached.add(fresh);
    return fresh.deadLetters.remove('replay', id);
  }

  return {
    get,
    async list(limit, before) {
      const lists = await Promise.all(
        all.map(({ deadLetters }) => deadLetters.list(limit, before)),
      );
      // One that is being carried is in both places.
      return [...new Map(lists.flat().map((letter) => [letter.event.id, letter])).values()];
    },
    async remove(how, id) {
      const letter = await get(id);
      if (!letter) return undefined;
      const [old, fresh] = places(letter.event.lane);
      if (old === fresh) return old.deadLetters.remove(how, id);
      if (how === 'replay') return replay(id, old, fresh);
      const here = await old.deadLetters.remove('drop', id);
      await fresh.moves.takeOut('dead', id);
      const there = await fresh.deadLetters.remove('drop', id);
      return here ?? there;
    },
  };
}
