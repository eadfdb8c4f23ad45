import { Batcher } from './batcher.ts';
import { beginningOf, decodeEvent, encodeEvent, type QueueEvent } from './events.ts';
import { seenPlace } from './keys.ts';
import type { RedisConnection } from './redis.ts';
import { loadScript } from './scripts.ts';

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

/** A right to run the turns of a lane; every script that changes the lane checks its epoch. */
export interface Grant {
  readonly epoch: string;
  readonly head: QueueEvent;
  /** Attempts at the head event, this one included. */
  readonly attempt: number;
  /** What earlier attempts wrote about their steps, by step name. */
  readonly steps: ReadonlyMap<string, string>;
  /** What went wrong in earlier attempts, as JSON, the first first. */
  readonly failures: readonly string[];
  /** The scripts' time when it was granted, in ms since 1970. */
  readonly at: number;
}

export type Taken =
  | { readonly kind: 'granted'; readonly grant: Grant }
  | { readonly kind: 'empty' | 'busy' | 'not-due' };

export type Finished =
  | { readonly kind: 'next'; readonly grant: Grant }
  | { readonly kind: 'empty' | 'released' | 'fenced' };

interface Finish {
  readonly grant: Grant;
  readonly deadLetter?: string;
  /** Take the next event at once, or give the lane back. */
  readonly next: 'take' | 'release';
}

interface Retry {
  readonly grant: Grant;
  readonly delayMs: number;
  readonly countAttempt: boolean;
  /** What went wrong, as JSON. */
  readonly failure?: string;
}

interface JournalEntry {
  readonly grant: Grant;
  readonly step: string;
  /** `sending`, `done <result>`, or empty for a step that surely did nothing. */
  readonly state: string;
}

/** `done` carries what was written before, by a confirmation perhaps. */
export type Journaled =
  | { readonly kind: 'written' | 'fenced' }
  | { readonly kind: 'done'; readonly state: string };

interface Confirmation {
  readonly lane: string;
  readonly eventId: string;
  readonly step: string;
  /** `done <result>`. */
  readonly state: string;
}

/** What a confirmation found: `wake` when the lane waited for it and needs a job. */
export type Confirmed = 'settled' | 'wake' | 'not-waiting';

/**
 * One shard's lanes. Each method is one atomic step of a Lua file of its name; calls of the same
 * tick share a round trip.
 */
export interface Lanes {
  accept(event: QueueEvent): Promise<Accepted>;
  take(lane: string): Promise<Taken>;
  finish(finish: Finish): Promise<Finished>;
  /** Answers false when the epoch is stale. */
  retry(retry: Retry): Promise<boolean>;
  /** Answers false when the epoch is stale. */
  renew(grant: Grant): Promise<boolean>;
  journal(entry: JournalEntry): Promise<Journaled>;
  confirm(confirmation: Confirmation): Promise<Confirmed>;
  sweep(most: number): Promise<string[]>;
  /** Lanes that hold events, and events given up on. */
  count(): Promise<{ waitingLanes: number; deadLetters: number }>;
}

const STEP = 'step:';
const FAILURE = 'failure:';

/** @param now Time of the scripts in ms; absent, Redis' own clock, so that machines need not agree. */
export function createLanes(
  redis: RedisConnection,
  prefix: string,
  times: LaneTimes,
  now: () => number = () => 0,
): Lanes {
  const { leaseMs, graceMs, seenMs } = times;

  /** Requests of one tick as one script call: `head` once, then what `flatten` makes of each. */
  function batched<Request, Result>(
    name: 'accept' | 'take' | 'finish' | 'retry' | 'renew' | 'journal' | 'confirm',
    head: () => (string | number)[],
    flatten: (request: Request) => (string | number)[],
    read: (answer: unknown, request: Request) => Result,
  ): (request: Request) => Promise<Result> {
    const run = loadScript(redis, name);
    const batcher = new Batcher<Request, Result>(
      async (requests) => {
        const args = head();
        for (const request of requests) args.push(...flatten(request));
        const answers = (await run(prefix, args)) as unknown[];
        return requests.map((request, index) => read(answers[index], request));
      },
      { most: 256, inFlight: 2 },
    );
    return (request) => batcher.add(request);
  }

  const isDone = (answer: unknown): boolean => answer === 1;
  const sweep = loadScript(redis, 'sweep');

  return {
    accept: batched<QueueEvent, Accepted>(
      'accept',
      () => [now(), graceMs, seenMs],
      (event) => {
        const seen = seenPlace(event.id, event.timestamp);
        return [event.lane, seen.set, seen.member, event.timestamp, encodeEvent(event)];
      },
      (answer) => {
        const flags = answer as number;
        return { outcome: flags & 1 ? 'accepted' : 'duplicate', wake: (flags & 2) !== 0 };
      },
    ),
    take: batched<string, Taken>(
      'take',
      () => [now(), leaseMs],
      (lane) => [lane],
      (answer, lane) => readTaken(answer, lane),
    ),
    finish: batched<Finish, Finished>(
      'finish',
      () => [now(), leaseMs, graceMs],
      ({ grant: { head, epoch }, deadLetter, next }) => {
        return [head.lane, epoch, beginningOf(head), head.id, deadLetter ?? '', next];
      },
      (answer, { grant }) => readFinished(answer, grant),
    ),
    retry: batched<Retry, boolean>(
      'retry',
      () => [now(), graceMs],
      ({ grant, delayMs, countAttempt, failure = '' }) => {
        const { epoch, head } = grant;
        return [head.lane, epoch, Math.ceil(delayMs), countAttempt ? 1 : 0, failure];
      },
      isDone,
    ),
    renew: batched<Grant, boolean>(
      'renew',
      () => [now(), leaseMs],
      (grant) => [grant.head.lane, grant.epoch],
      isDone,
    ),
    journal: batched<JournalEntry, Journaled>(
      'journal',
      () => [now()],
      ({ grant, step, state }) => [grant.head.lane, grant.epoch, STEP + step, state],
      (answer) =>
        typeof answer === 'string'
          ? { kind: 'done', state: answer }
          : { kind: answer === 1 ? 'written' : 'fenced' },
    ),
    confirm: batched<Confirmation, Confirmed>(
      'confirm',
      () => [now(), graceMs],
      ({ lane, eventId, step, state }) => [
        lane,
        `${eventId.length} ${eventId}`,
        STEP + step,
        state,
      ],
      (answer) => (answer === 2 ? 'wake' : answer === 1 ? 'settled' : 'not-waiting'),
    ),
    sweep: async (most) => (await sweep(prefix, [now(), graceMs, most])) as string[],
    async count() {
      const [waitingLanes, deadLetters] = await Promise.all([
        redis.zcard(`${prefix}:waiting`),
        redis.hlen(`${prefix}:dead-letters`),
      ]);
      return { waitingLanes, deadLetters };
    },
  };
}

function readTaken(answer: unknown, lane: string): Taken {
  const [status, epoch, attempt, head, state, at] = answer as [
    number,
    number,
    number,
    string,
    string[],
    number,
  ];
  if (status === 0) return { kind: 'empty' };
  if (status === 2) return { kind: 'busy' };
  if (status === 3) return { kind: 'not-due' };
  const steps = new Map<string, string>();
  const failures: string[] = [];
  for (let index = 0; index < state.length; index += 2) {
    const field = state[index] ?? '';
    const value = state[index + 1] ?? '';
    if (field.startsWith(STEP)) steps.set(field.slice(STEP.length), value);
    if (field.startsWith(FAILURE)) failures[Number(field.slice(FAILURE.length)) - 1] = value;
  }
  const grant: Grant = {
    epoch: String(epoch),
    head: decodeEvent(lane, head),
    attempt,
    steps,
    failures: failures.filter((failure) => failure !== undefined),
    at,
  };
  return { kind: 'granted', grant };
}

function readFinished(answer: unknown, previous: Grant): Finished {
  const [status, head] = answer as [number, string];
  if (status === 0) return { kind: 'fenced' };
  if (status === 1) return { kind: 'empty' };
  if (status === 3) return { kind: 'released' };
  const event = decodeEvent(previous.head.lane, head);
  return {
    kind: 'next',
    grant: { ...previous, head: event, attempt: 1, steps: new Map(), failures: [] },
  };
}
