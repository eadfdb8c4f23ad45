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
    for (const { lane, seq } of inFlight) {
      const others = (moves.get(lane) ?? []).filter(({ worker }) => worker !== name);
      const first = others
        .filter((move) => move.at > at)
        .reduce<(typeof others)[number] | undefined>(
          (least, move) => (least && least.at <= move.at ? least : move),
          undefined,
        );
      if (!first) continue;
      // A worker that took over and died may have ended the event without saying so. The lane was
      // empty then, until its next event came.
      const ackedAt = books.acked.get(`${lane}:${first.seq}`) ?? at;
      const since = first.seq > seq ? Math.max(at, ackedAt) : at;
      slowest = Math.max(slowest, first.at - since);
    }
  }
  return slowest;
}
