import type { Clock, Queue } from '@bot/queue';
import { toQueueEvent, type Deletion } from '../deletion.ts';
import type { DeletionRecords } from '../records.ts';
import { findLanes, type GraphPage } from './person-lanes.ts';

export interface ForgettingOptions {
  readonly queue: Pick<Queue, 'add' | 'forget'>;
  /** Sessions by conversation, whose id is its lane's. */
  readonly sessions: { delete(id: string): Promise<void> };
  readonly records: DeletionRecords;
  /** The Pages of now. */
  readonly pages: () => Iterable<GraphPage>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Forgets the person; rejects when it must be tried again, which is harmless. */
export type Forget = (deletion: Deletion, signal: AbortSignal) => Promise<void>;

/** Longer than a turn may take: one that runs now may write a session once more when it ends. */
const AGAIN_AFTER_MS = 60_000;
/** What `queue.forget` takes. */
const MOST_LANES = 1_000;

/**
 * Forgets people: all that waits in their lanes, and their sessions. What a turn that runs meanwhile
 * leaves behind is forgotten a minute later.
 */
export function createForgetting(options: ForgettingOptions): Forget {
  const { queue, sessions, records, pages, clock } = options;
  return async (deletion, signal) => {
    const { lanes, troubles } = await findLanes(deletion.userId, pages(), signal);
    // First the lanes, so that their turns are fenced.
    for (let first = 0; first < lanes.length; first += MOST_LANES) {
      await queue.forget(lanes.slice(first, first + MOST_LANES));
    }
    for (const lane of lanes) await sessions.delete(lane);
    if (troubles.length > 0) throw troubles[0];
    if (deletion.again) return;
    const now = clock.now();
    await queue.add(toQueueEvent({ ...deletion, again: true }, now), { delayMs: AGAIN_AFTER_MS });
    await records.done(deletion.code, now);
  };
}
