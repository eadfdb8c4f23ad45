import type { Clock } from '../clock.ts';
import type { SeenPlace } from '../keys.ts';
import type { LaneTimes } from '../lanes.ts';
import type { WakeUps } from '../wake-ups.ts';
import { place, type MemoryLane } from './memory-lane.ts';
import { createMemoryWakeUps } from './memory-wake-ups.ts';
import { createShardClock } from './shard-clock.ts';

/** An event that waits for its time. */
export interface DelayedEvent {
  readonly lane: string;
  /** Where its id is remembered. */
  readonly seen: SeenPlace;
  readonly entry: string;
  readonly due: number;
}

/** An event that was given up on. */
export interface BuriedEvent {
  readonly lane: string;
  readonly entry: string;
  /** As JSON. */
  readonly failures: string;
  readonly at: number;
}

/** What a shard holds in Redis, held in memory; shared by the queue and all its workers. */
export class MemoryShard {
  readonly times: LaneTimes;
  readonly wakeUps: WakeUps;
  /** Lanes that hold events. */
  readonly lanes: Map<string, MemoryLane> = new Map();
  /** By the hash of the event's id. */
  readonly delayed: Map<string, DelayedEvent> = new Map();
  /** By the event's id. */
  readonly buried: Map<string, BuriedEvent> = new Map();
  readonly tallies: { turns: number; retries: number; dead: number } = {
    turns: 0,
    retries: 0,
    dead: 0,
  };
  /** Its time, which never goes back. */
  readonly now: () => number;
  /** Ids, and until when each is remembered. */
  readonly #seen = new Map<string, number>();
  /** Over how many shards the lanes are spread, as far as this one was told. */
  layout = '';
  /** What was taken out lately, and until when it is not brought again. */
  readonly gone: Map<string, number> = new Map();
  #epochs = 0;

  constructor(clock: Clock, times: LaneTimes) {
    this.times = times;
    this.now = createShardClock(() => clock.now());
    this.wakeUps = createMemoryWakeUps(clock);
  }

  nextEpoch(owner: string): string {
    this.#epochs += 1;
    return `${this.#epochs}:${owner}`;
  }

  /** Answers whether the id is new. */
  remember(seen: SeenPlace, now: number, ms: number): boolean {
    if (this.knows(seen, now)) return false;
    this.#seen.set(keyOf(seen), now + ms);
    return true;
  }

  knows(seen: SeenPlace, now: number): boolean {
    return (this.#seen.get(keyOf(seen)) ?? -Infinity) > now;
  }

  forget(seen: SeenPlace): void {
    this.#seen.delete(keyOf(seen));
  }

  /** Puts an entry into its lane; answers whether the lane was idle, and so needs a wake-up. */
  put(id: string, entry: string, now: number): boolean {
    const lane = this.lanes.get(id);
    if (lane) {
      place(lane, entry);
      return false;
    }
    this.lanes.set(id, {
      entries: [entry],
      head: undefined,
      touchBy: now + this.times.graceMs,
      readySince: now,
    });
    return true;
  }
}

/** As in Redis: an id is looked for in the minute of its event only. */
function keyOf([set, member]: SeenPlace): string {
  return set + member;
}
