import type { QueueEvent } from './events.ts';

/** How long things last, in milliseconds. */
export interface LaneTimes {
  /** Length of a lease. */
  readonly leaseMs: number;
  /** Time within which a woken lane must be touched, before the sweep wakes it again. */
  readonly graceMs: number;
  /** How long the id of an accepted event is remembered. */
  readonly seenMs: number;
}

export interface Accepted {
  readonly outcome: 'accepted' | 'duplicate';
  /** The lane needs a job. */
  readonly wake: boolean;
}

export interface Delay {
  readonly event: QueueEvent;
  readonly delayMs: number;
}

export interface Take {
  readonly lane: string;
  /** How many of the last attempts at the head may have ended without a word. */
  readonly mostLost: number;
}

/** A right to run the turns of a lane; every script that changes the lane checks its epoch. */
export interface Grant {
  readonly epoch: string;
  /** Which turn under this epoch, the first is 1: a finish that is sent twice ends one turn. */
  readonly turn: number;
  readonly head: QueueEvent;
  /** Attempts at the head event, this one included. */
  readonly attempt: number;
  /** How many of the last ones ended without a word, this one included until it speaks. */
  readonly lost: number;
  /** What earlier attempts wrote about their steps, by step name. */
  readonly steps: ReadonlyMap<string, string>;
  /** What went wrong in earlier attempts, as JSON, the first first. */
  readonly failures: readonly string[];
  /** The shard's time when it was granted, in ms since 1970. */
  readonly at: number;
}

export type Taken =
  | { readonly kind: 'granted'; readonly grant: Grant }
  | { readonly kind: 'empty' | 'busy' | 'not-due' }
  /** More attempts than asked for ended without a word. */
  | { readonly kind: 'suspect'; readonly lost: number };

export interface Finish {
  readonly grant: Grant;
  /** The failures of all attempts, as JSON; absent when the event was handled. */
  readonly deadLetter?: string;
  /** Take the next event at once, or give the lane back. */
  readonly next: 'take' | 'release';
}

export type Finished =
  | { readonly kind: 'next'; readonly grant: Grant }
  | { readonly kind: 'empty' | 'released' | 'fenced' };

export interface Retry {
  readonly grant: Grant;
  readonly delayMs: number;
  readonly countAttempt: boolean;
  /** The turn ran and ended: its event does not kill workers. */
  readonly ran: boolean;
  /** What went wrong, as JSON. */
  readonly failure?: string;
}

export interface JournalEntry {
  readonly grant: Grant;
  readonly step: string;
  /** `sending`, `unknown`, `rejected <why>` for a step that surely did nothing, or `done <result>`. */
  readonly state: string;
}

/** `done` carries what was written before, by a confirmation perhaps. */
export type Journaled =
  | { readonly kind: 'fenced' }
  /** With how many events wait behind the head, when the step is `sending`; else 0. */
  | { readonly kind: 'written'; readonly behind: number }
  | { readonly kind: 'done'; readonly state: string };

export interface Confirmation {
  readonly lane: string;
  readonly eventId: string;
  readonly step: string;
  /** `done <result>`. */
  readonly state: string;
}

/** What a confirmation found: `wake` when the lane waited for it and needs a job. */
export type Confirmed = 'settled' | 'wake' | 'not-waiting';

export interface Haste {
  /** How the ids of the lanes begin. */
  readonly beginning: string;
  /** Which part of the lanes: what the answer before called `next`, `0` for the first. */
  readonly part: string;
}

export interface Hastened {
  /** Lanes made due; they need a job. */
  readonly lanes: readonly string[];
  /** The part that was not looked at yet; `undefined` when all were. */
  readonly next: string | undefined;
}

export interface Forgetting {
  readonly lanes: readonly string[];
  /** Of which events a part is looked at; what waits in the lanes is removed with each part. */
  readonly among: 'delayed' | 'dead';
  /** Which part: what the answer before called `next`, `0` for the first. */
  readonly part: string;
}

export interface Forgotten {
  /** Events removed. */
  readonly count: number;
  /** The part that was not looked at yet; `undefined` when all were. */
  readonly next: string | undefined;
}

export interface Swept {
  /** Lanes of delayed events that came due; they need a job. */
  readonly woken: readonly string[];
  /** Lanes that nobody touched in time; they need a job. */
  readonly found: readonly string[];
  /** Until the next delayed event is due; `undefined` when there is none. */
  readonly nextDueMs: number | undefined;
}

/** One lane as it stands. */
export interface LaneFigures {
  /** Events that wait, the one being handled included. */
  readonly events: number;
  /** Attempts at the oldest of them so far. */
  readonly attempts: number;
  /** For how long yet a worker holds the lane, in ms; 0 when none does. */
  readonly heldMs: number;
  /** For how long yet the lane waits before its next attempt, in ms. */
  readonly dueMs: number;
  /** How far the steps of the oldest event have come, by name. */
  readonly steps: Readonly<Record<string, 'sending' | 'unknown' | 'rejected' | 'done'>>;
}

/** All lanes as they stand. */
export interface QueueFigures {
  /** Lanes that hold events. */
  readonly waitingLanes: number;
  /** Events in lanes, those being handled included. */
  readonly waitingEvents: number;
  /** Events that wait for their time. */
  readonly delayedEvents: number;
  /** Events given up on and kept. */
  readonly deadLetters: number;
  /**
   * For how long the lane that has waited longest for a worker has been ready for one, in ms. Lanes
   * being handled, or waiting for another attempt, do not count: they do not mean that workers are
   * short.
   */
  readonly oldestAgeMs: number;
  /** Turns that ended well, attempts that are tried again, events given up on: since the beginning. */
  readonly turns: number;
  readonly retries: number;
  readonly dead: number;
}

/** One shard's lanes. Each method is one atomic step. */
export interface Lanes {
  accept(event: QueueEvent): Promise<Accepted>;
  /** Keeps the event until its time. */
  delay(delay: Delay): Promise<'accepted' | 'duplicate'>;
  /** Takes a delayed event out before its time; answers false when there is no such event. */
  cancel(eventId: string): Promise<boolean>;
  take(take: Take): Promise<Taken>;
  finish(finish: Finish): Promise<Finished>;
  /** Answers false when the epoch is stale. */
  retry(retry: Retry): Promise<boolean>;
  /** Answers false when the epoch is stale. */
  renew(grant: Grant): Promise<boolean>;
  journal(entry: JournalEntry): Promise<Journaled>;
  confirm(confirmation: Confirmation): Promise<Confirmed>;
  /**
   * Makes lanes of one part due that wait for another attempt. A lane that waits from the first part
   * to the last is found.
   */
  hasten(haste: Haste): Promise<Hastened>;
  /** Removes all that lanes hold, what is delayed or dead of them by parts, and fences who holds them. */
  forget(forgetting: Forgetting): Promise<Forgotten>;
  /** At most `most` lanes and delayed events. */
  sweep(most: number): Promise<Swept>;
  inspect(lane: string): Promise<LaneFigures>;
  /** What stands in a lane from the place `first` on, 0 is its head; at most `most` events. Only looks. */
  events(lane: string, first: number, most: number): Promise<readonly QueueEvent[]>;
  figures(): Promise<QueueFigures>;
}
