import type { Conversation } from './conversation.ts';
import type { ConversationRecord } from './conversation-record.ts';
import { SetupError } from './errors.ts';
import type { BotEvent, TimerEvent } from './event.ts';

/** Brings timers back when they are due; `@bot/queue`'s delayed events after a line of wiring. */
export interface Scheduler {
  /** Keeps the timer until its time. Keeping one of the same id again changes nothing. */
  add(timer: TimerEvent, delayMs: number): Promise<void>;
  /** Forgets it; one that is due or unknown is left alone. */
  cancel(timer: { readonly id: string; readonly conversation: Conversation }): Promise<void>;
}

/** Something to be told of later. */
export interface Reminder {
  /** Letters, digits, `-`, `_` and `:`, at most 40. One of a name is set at a time in a conversation. */
  readonly name: string;
  /** In how many milliseconds; at most a year. */
  readonly afterMs: number;
  /** Anything that survives JSON. */
  readonly data?: unknown;
}

/** The timers that a turn sets; they are kept when it ends well. */
export interface Timers {
  set(reminder: Reminder): void;
  cancel(name: string): void;
  /** Hands over to the scheduler what was set and stands in the record. Doing it again changes nothing. */
  keep(record: ConversationRecord): Promise<void>;
  /** Takes back from the scheduler what no longer holds. */
  clean(): Promise<void>;
}

/**
 * Takes a timer that came, out of the record. Answers false for one that is no longer wanted: one
 * that was replaced or cancelled may come all the same. One that was given up on is wanted again.
 */
export function takeTimer({ name, id }: TimerEvent, record: ConversationRecord): boolean {
  if (record.lostTimers?.includes(id)) {
    record.lostTimers = record.lostTimers.filter((each) => each !== id);
    return true;
  }
  const { [name]: set, ...rest } = record.timers ?? {};
  if (set?.id !== id) return false;
  record.timers = Object.keys(rest).length === 0 ? undefined : rest;
  return true;
}

/** A dead letter may be replayed long after its timer was taken. */
const MOST_LOST = 10;

/** Notes that the turn of a timer is given up on. */
export function loseTimer({ id }: TimerEvent, record: ConversationRecord): void {
  record.lostTimers = [...(record.lostTimers ?? []), id].slice(-MOST_LOST);
}

/** As `@bot/queue` has it; longer is rather a mistake in the unit. */
const MOST_MS = 366 * 24 * 60 * 60 * 1_000;
const NAME = /^[\w:-]{1,40}$/;

export function createTimers(options: {
  readonly event: BotEvent;
  readonly conversation: Conversation;
  readonly record: ConversationRecord;
  readonly scheduler: Scheduler | undefined;
  readonly now: () => number;
}): Timers {
  const { event, conversation, record, now } = options;
  const added = new Map<string, { timer: TimerEvent; delayMs: number }>();
  const dropped = new Set<string>();

  function scheduler(): Scheduler {
    if (options.scheduler !== undefined) return options.scheduler;
    throw new SetupError('Timers need a scheduler and a session store: hand both to bot.handle.');
  }

  function drop(name: string): void {
    const { [name]: old, ...rest } = record.timers ?? {};
    if (old === undefined) return;
    if (!added.delete(name)) dropped.add(old.id);
    record.timers = Object.keys(rest).length === 0 ? undefined : rest;
  }

  return {
    set({ name, afterMs, data }) {
      scheduler();
      if (!NAME.test(name)) {
        throw new SetupError(`A reminder's name has 1 to 40 of A-Z a-z 0-9 _ : -, got ${name}.`);
      }
      if (!(afterMs >= 0 && afterMs <= MOST_MS)) {
        throw new SetupError(
          `Reminder ${name} must come after 0 or more ms, at most a year, got ${afterMs}.`,
        );
      }
      drop(name);
      // The same in every attempt at the event, so that the scheduler knows it again; the event's
      // time keeps it apart from what was numbered before the conversation was forgotten.
      const number = (record.timersSet ?? 0) + 1;
      record.timersSet = number;
      const id = `timer.${conversation.id}.${number}.${event.timestamp}`;
      const at = Math.round(now() + afterMs);
      const { pageId, psid } = conversation;
      const { platform } = event;
      const timer: TimerEvent = {
        type: 'timer',
        channel: 'messaging',
        timestamp: at,
        id,
        platform,
        pageId,
        psid,
        name,
        data,
      };
      added.set(name, { timer, delayMs: afterMs });
      record.timers = { ...record.timers, [name]: { id, at } };
    },
    cancel: drop,
    async keep({ timers }) {
      for (const { timer, delayMs } of added.values()) {
        if (timers?.[timer.name]?.id === timer.id) await scheduler().add(timer, delayMs);
      }
    },
    async clean() {
      for (const id of dropped) await scheduler().cancel({ id, conversation });
    },
  };
}
