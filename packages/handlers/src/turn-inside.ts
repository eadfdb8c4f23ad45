import type { ConversationRecord } from './conversation-record.ts';
import type { Outbox } from './outbox.ts';
import type { Timers } from './timers.ts';

/** What a turn is made of, for this package's own parts. */
export interface TurnInside {
  readonly record: ConversationRecord;
  readonly outbox: Outbox;
  readonly timers: Timers;
}

const insides = new WeakMap<object, TurnInside>();

export function noteInside(turn: object, inside: TurnInside): void {
  insides.set(turn, inside);
}

/** @throws {TypeError} for a turn that no bot handed out. */
export function insideOf(turn: object): TurnInside {
  const inside = insides.get(turn);
  if (inside === undefined) throw new TypeError('This is no turn that a bot handed out.');
  return inside;
}
