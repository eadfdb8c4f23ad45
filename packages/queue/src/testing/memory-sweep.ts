import type { Swept } from '../lanes.ts';
import type { DelayedEvent, MemoryShard } from './memory-shard.ts';

/**
 * What `lua/sweep.lua` does.
 *
 * @param isApart Which delayed events stay though they are due.
 */
export function sweepMemory(
  shard: MemoryShard,
  most: number,
  isApart: (id: string, event: DelayedEvent) => boolean = () => false,
): Swept & { readonly apart: readonly string[] } {
  const now = shard.now();
  const due = [...shard.delayed]
    .filter(([, delayed]) => delayed.due <= now)
    .toSorted(([one, { due: time }], [other, { due: otherTime }]) =>
      byTime(time, one, otherTime, other),
    );
  const woken: string[] = [];
  const apart: string[] = [];
  for (const [member, event] of due.slice(0, most)) {
    if (isApart(member, event)) {
      apart.push(member);
      continue;
    }
    shard.delayed.delete(member);
    if (shard.put(event.lane, event.entry, now)) woken.push(event.lane);
  }
  const untouched = [...shard.lanes]
    .filter(([, { touchBy }]) => touchBy <= now)
    .toSorted(([one, { touchBy: time }], [other, { touchBy: otherTime }]) =>
      byTime(time, one, otherTime, other),
    )
    .slice(0, most);
  for (const [, lane] of untouched) {
    lane.touchBy = now + shard.times.graceMs;
    lane.readySince ??= now;
  }
  const soonest = Math.min(...[...shard.delayed.values()].map((delayed) => delayed.due));
  return {
    woken,
    found: untouched.map(([id]) => id),
    nextDueMs: soonest === Infinity ? undefined : Math.max(0, soonest - now),
    apart,
  };
}

/** Redis' order of a sorted set: by score, then by name. */
function byTime(time: number, name: string, otherTime: number, otherName: string): number {
  return time - otherTime || (name < otherName ? -1 : 1);
}
