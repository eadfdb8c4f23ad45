import type { ConversationRecord } from './conversation-record.ts';
import { opensWindow, type BotEvent } from './event.ts';
import { LONG_WINDOW_MS } from './messaging-window.ts';
import type { TakeoverRule } from './takeover.ts';
import type { TurnNote } from './turn-note.ts';

const MINUTE_MS = 60 * 1_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Brings a record up to what an event says, before its turn: what has expired is forgotten, who
 * answers is known, and when the person last opened the messaging window.
 *
 * Times move by a minute at the least, so that a busy conversation is not written for each event:
 * the window then closes up to a minute early, never late.
 *
 * @returns Whether somebody else took the conversation over by it, or let it go.
 */
export function keepUp(
  record: ConversationRecord,
  event: BotEvent,
  rules: {
    readonly sessionMs: number;
    readonly takeover: TakeoverRule | undefined;
    readonly now: number;
  },
): TurnNote | undefined {
  const { sessionMs, takeover, now } = rules;
  const idle = now - (record.touchedAt ?? now);
  if (idle >= sessionMs) record.session = undefined;
  if (record.touchedAt === undefined || idle >= Math.min(MINUTE_MS, sessionMs / 10)) {
    record.touchedAt = now;
  }
  const before = record.takenOverUntil;
  const until = takeover?.after(before, event, now);
  record.takenOverUntil = until !== undefined && until > now ? until : undefined;
  if (opensWindow(event)) {
    const at = event.timestamp || now;
    if (record.personAt === undefined || at - record.personAt >= MINUTE_MS) record.personAt = at;
  }
  if ((before === undefined) === (record.takenOverUntil === undefined)) return undefined;
  return takeover === undefined || record.takenOverUntil === undefined
    ? { kind: 'released' }
    : { kind: 'takeover', by: takeover.by(event) };
}

/** How long a record must be kept: for its session, for the window, and for what is due later. */
export function keepFor(record: ConversationRecord, sessionMs: number, now: number): number {
  const due = Object.values(record.timers ?? {}).map(({ at }) => at - now + DAY_MS);
  return Math.ceil(Math.max(sessionMs, LONG_WINDOW_MS, ...due));
}
