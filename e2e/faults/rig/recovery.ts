import type { Books } from './books.ts';
import type { Interruption } from './crew.ts';

/**
 * The longest time, in ms, from an interruption until a lane that was in flight moved again in
 * other hands. A lane that never moved is none of these: it had nothing left, or its event is lost.
 */
export function slowestRecoveryMs(interruptions: readonly Interruption[], books: Books): number {
  const moves = Map.groupBy([...books.effects, ...books.handled], ({ lane }) => lane);
  let slowest = 0;
  for (const { name, at, inFlight } of interruptions) {
    for (const { lane } of inFlight) {
      const later = (moves.get(lane) ?? []).filter((move) => move.at > at && move.worker !== name);
      if (later.length === 0) continue;
      slowest = Math.max(slowest, Math.min(...later.map((move) => move.at)) - at);
    }
  }
  return slowest;
}
