import type { Clock, Queue, Turn } from '@bot/queue';
import { toQueueEvent, TRY_FOR_MS, type Deletion } from '../deletion.ts';
import type { DeletionRecords } from '../records.ts';
import { findLanes, type GraphPage } from './person-lanes.ts';

export interface ForgettingOptions {
  readonly queue: Pick<Queue, 'add' | 'forget'>;
  /** Sessions by conversation, whose id is its lane's. */
  readonly sessions: { delete(id: string): Promise<void> };
  /** What was said, when it is kept; `@bot/history`'s recorder fits. */
  readonly history?:
    | { forget(person: { readonly pageId: string; readonly psid: string }): Promise<void> }
    | undefined;
  readonly records: DeletionRecords;
  /** The Pages of now. */
  readonly pages: () => Iterable<GraphPage>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Forgets the person; rejects when it must be tried again, or be given up on. What an attempt has done
 * stands in the turn's steps, and no other attempt does it again: the person may have begun anew.
 */
export type Forget = (
  deletion: Deletion,
  askedAtMs: number,
  turn: Pick<Turn, 'step' | 'signal'>,
) => Promise<void>;

/** Longer than a turn may take: one that runs now may write a session once more when it ends. */
const AGAIN_AFTER_MS = 60_000;
/** What `queue.forget` takes. */
const MOST_LANES = 1_000;
const MOST_PAUSE_MS = 60 * 60 * 1_000;

/**
 * Forgets people: all that waits in their lanes, and their sessions. What a turn that runs meanwhile
 * leaves behind is forgotten a minute later.
 */
export function createForgetting(options: ForgettingOptions): Forget {
  const { queue, sessions, history, records, pages, clock } = options;

  async function forget(lanes: readonly string[]): Promise<void> {
    // First the lanes, so that their turns are fenced.
    for (let first = 0; first < lanes.length; first += MOST_LANES) {
      await queue.forget(lanes.slice(first, first + MOST_LANES));
    }
    for (const lane of lanes) {
      await sessions.delete(lane);
      const [pageId = '', psid = ''] = lane.split(':');
      await history?.forget({ pageId, psid });
    }
  }

  return async (deletion, askedAtMs, turn) => {
    if (deletion.again) return forget(deletion.again);
    const { lanes, troubles } = await findLanes(deletion.userId, pages(), turn);
    const forgotten = new Set<string>();
    for (let nth = 1; lanes.some((lane) => !forgotten.has(lane)); nth += 1) {
      const done = await turn.step(`forget-${nth}`, async () => {
        const fresh = lanes.filter((lane) => !forgotten.has(lane));
        await forget(fresh);
        const again = toQueueEvent({ ...deletion, again: fresh }, clock.now(), nth);
        await queue.add(again, { delayMs: AGAIN_AFTER_MS });
        return fresh;
      });
      for (const lane of done ?? []) forgotten.add(lane);
    }
    const away = (retryAfterMs: number | undefined): Error =>
      new PagesAwayError(deletion.userId, troubles, retryAfterMs);
    const now = clock.now();
    if (troubles.length === 0) return records.done(deletion.code, now);
    const ageMs = now - askedAtMs;
    if (ageMs < TRY_FOR_MS) throw away(pauseMs(ageMs, troubles));
    await records.partly(deletion.code, now, troubles.length);
    throw away(undefined);
  };
}

/** As long as the wish is old, so that the pauses double, and no shorter than Graph asks for. */
function pauseMs(ageMs: number, troubles: readonly unknown[]): number {
  const asked = troubles.map((trouble) =>
    trouble instanceof Error && 'retryAfterMs' in trouble ? Number(trouble.retryAfterMs ?? 0) : 0,
  );
  return Math.max(1_000, Math.min(ageMs, MOST_PAUSE_MS), ...asked);
}

/** Pages could not be asked for the person's ids. */
class PagesAwayError extends Error {
  override readonly name = 'PagesAwayError';
  /** `undefined` has the queue give the wish up: it is a dead letter, for somebody to replay. */
  readonly retryAfterMs: number | undefined;

  constructor(userId: string, troubles: readonly unknown[], retryAfterMs: number | undefined) {
    const [cause] = troubles;
    const quoted = cause instanceof Error ? cause.message : String(cause);
    // Graph's errors name the address that was asked.
    const reason = quoted.replaceAll(userId, '[hidden]');
    const remedy =
      retryAfterMs === undefined
        ? 'Mend them or take them from the list of Pages, then replay the wish.'
        : 'It is tried again.';
    super(`${troubles.length} Page(s) did not tell a person's ids: ${reason} ${remedy}`);
    this.retryAfterMs = retryAfterMs;
  }
}
