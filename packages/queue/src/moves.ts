import type { QueueEvent } from './events.ts';
import type { Accepted, Delay, Swept } from './lanes.ts';

/** What a shard keeps of a lane beside the events that wait in it. */
export interface Kept {
  readonly kind: 'delayed' | 'dead';
  readonly lane: string;
  /** The hash of a delayed event's id; the id of a dead letter. */
  readonly id: string;
  /** When it is due, or was given up. */
  readonly at: number;
  /** JSON: `[lane, set, path, entry]` of what is delayed, see `seenPlace`; `[lane, entry]` of what is dead. */
  readonly event: string;
  /** Of a dead letter, as JSON. */
  readonly failures: string;
}

/** A delayed event as its shard keeps it. */
export function keptDelayed(id: string, event: string): Kept {
  const [lane, , , entry] = JSON.parse(event) as [string, string, string, string];
  // An entry begins with its time, and that is when it is due.
  return { kind: 'delayed', lane, id, at: Number.parseInt(entry, 10), event, failures: '' };
}

/** Some of many, and the part that was not looked at yet; `undefined` when all were. */
export interface Part<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/**
 * What a shard does while lanes move from one to another. Each method is one atomic step, those that
 * only look excepted.
 *
 * A lane has left its old shard once the move has begun there and none of its events wait: from then
 * on none are put there any more. Whoever may put one asks in the same step.
 */
export interface Moves {
  /** As `lanes.accept`, unless the lane has left and the event was not seen here. */
  accept(event: QueueEvent): Promise<Accepted | 'left'>;
  /** As `lanes.delay`, with the same exception. */
  delay(delay: Delay): Promise<'accepted' | 'duplicate' | 'left'>;
  /**
   * As `lanes.sweep`; what is due of lanes that have left stays, and is answered.
   *
   * @param belonging Ids of what is put into its lane nevertheless.
   */
  sweep(
    most: number,
    belonging: readonly string[],
  ): Promise<Swept & { readonly apart: readonly Kept[] }>;
  /** Replays a dead letter; answers its lane, `left` when that has left. */
  replay(id: string): Promise<{ readonly lane: string } | 'left' | undefined>;
  /** Lanes that hold events. One that holds some from the first part to the last is among them. */
  waiting(part: string): Promise<Part<string>>;
  kept(kind: Kept['kind'], part: string): Promise<Part<Kept>>;
  dead(id: string): Promise<Kept | undefined>;
  /** Takes in what another shard keeps; answers false when that was taken out lately. */
  adopt(kept: Kept): Promise<boolean>;
  /** Gives up what another shard has taken in. */
  release(kept: Kept): Promise<void>;
  /** Has nobody bring what is taken out now, and was looked at in its old shard before. */
  takeOut(what: Kept['kind'] | 'lane', id: string): Promise<void>;
  /**
   * Writes down over how many shards the lanes are spread, if something in `instead` is written, ''
   * for nothing; answers what is written then.
   */
  layout(value: string, instead: readonly string[]): Promise<string>;
}

/** For how long it is not brought: longer than a process may hang between two steps. */
export const GONE_MS = 15_000;
/** Before that no delayed event is due where it was taken in; until then the other shard is rid of it. */
export const ADOPTED_MS = 2_000;
