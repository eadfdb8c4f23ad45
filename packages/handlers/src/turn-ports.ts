import type { Clock } from './clock.ts';
import type { Conversation } from './conversation.ts';
import type { BotEvent } from './event.ts';
import type { PastMessage, PastRequest } from './past.ts';
import type { Refusal } from './reply.ts';
import type { Sender } from './sender.ts';
import type { SessionStore } from './session-store.ts';
import type { StepJournal } from './step-journal.ts';
import type { Scheduler } from './timers.ts';
import type { TurnOutcome } from './turn-note.ts';

/** What a turn needs from outside. */
export interface TurnPorts extends StepJournal {
  readonly sender: Sender;
  /** Aborts when the turn must stop. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Keeps sessions, flows, reminders and who answers. Without it they last for one turn. */
  readonly sessions?: SessionStore | undefined;
  /** Brings reminders back; works with `sessions` only. */
  readonly scheduler?: Scheduler | undefined;
  /** What waits behind the event in its conversation: a human may have answered meanwhile. */
  readonly waiting?: (() => Promise<readonly BotEvent[]>) | undefined;
  /** Knows what was said before; `@bot/history` does. Without it `turn.history` is empty. */
  readonly history?: ((request: PastRequest) => Promise<readonly PastMessage[]>) | undefined;
  /**
   * Told what the turn came to once it ended well, and waited for before anything is saved by which it
   * would not be run again; `@bot/history` keeps it. What goes wrong with it is nobody's trouble.
   */
  readonly onOutcome?: ((outcomes: readonly TurnOutcome[]) => Promise<void>) | undefined;
  /** Whether the event will not be tried again after this error. Default: it will not. */
  readonly givesUp?: ((error: unknown) => boolean) | undefined;
  /** Told of each message that was not sent, and why. */
  readonly onRefused?: ((reason: Refusal, conversation: Conversation) => void) | undefined;
}
