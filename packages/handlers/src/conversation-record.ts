import type { TextEvent } from '@bot/graph-client/webhook';
import { SessionError } from './errors.ts';
import type { FlowState } from './flow-state.ts';
import type { SessionData } from './session.ts';
import type { SessionStore } from './session-store.ts';

/** A timer that is set, by which an event that comes for another one is told apart. */
export interface SetTimer {
  readonly id: string;
  /** When it is due, in milliseconds since 1970. */
  readonly at: number;
}

/** All that is kept of a conversation, as one piece: it is read and written whole. */
export interface ConversationRecord {
  /** The event whose turn wrote this: that turn is over, and must not run again. */
  savedBy?: string | undefined;
  /** When the last turn was, to the minute: what expires is counted from here. */
  touchedAt?: number | undefined;
  /** When the person last opened the messaging window, at most a minute too early. */
  personAt?: number | undefined;
  locale?: string | undefined;
  session?: SessionData | undefined;
  /** Until when a human or another app answers, in milliseconds since 1970. */
  takenOverUntil?: number | undefined;
  flow?: FlowState | undefined;
  timers?: Readonly<Record<string, SetTimer>> | undefined;
  /** Ids of timers whose turns were given up on: their dead letters may be replayed. */
  lostTimers?: readonly string[] | undefined;
  /** How many timers were ever set; numbers them. */
  timersSet?: number | undefined;
  /** Texts that wait to be answered together. */
  burst?: readonly TextEvent[] | undefined;
}

/** A record and where it came from. */
export interface OpenRecord {
  readonly record: ConversationRecord;
  /** Writes it, or another in its place, unless nothing but `savedBy` would change. Throws {@link SessionError}. */
  save(record: ConversationRecord, expireMs: number): Promise<void>;
}

/** Without a store the record lives for one turn. */
export async function openRecord(id: string, store: SessionStore | undefined): Promise<OpenRecord> {
  const stored = await store?.load(id);
  const record = stored === undefined ? {} : (JSON.parse(stored.text) as ConversationRecord);
  const before = contentOf(record);
  return {
    record,
    async save(changed, expireMs) {
      if (store === undefined || contentOf(changed) === before) return;
      const text = JSON.stringify(changed);
      const saved = await store.save({ id, text, version: stored?.version ?? 0, expireMs });
      if (saved) return;
      throw new SessionError(
        `What is kept of conversation ${id} was changed by somebody else while its turn ran. The turn is run again with what is there now.`,
      );
    },
  };
}

function contentOf(record: ConversationRecord): string {
  return JSON.stringify({ ...record, savedBy: undefined });
}
