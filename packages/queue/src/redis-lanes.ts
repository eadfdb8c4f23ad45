import { Batcher } from './batcher.ts';
import { decodeEntry, encodeEvent, type QueueEvent } from './events.ts';
import { seenMember, seenPlace } from './keys.ts';
import type {
  Accepted,
  Confirmation,
  Confirmed,
  Delay,
  Finish,
  Finished,
  Grant,
  Journaled,
  JournalEntry,
  LaneFigures,
  Lanes,
  LaneTimes,
  Retry,
  Take,
  Taken,
} from './lanes.ts';
import type { RedisConnection } from './redis.ts';
import { loadScript, type Replication, type ScriptName, type Spread } from './scripts.ts';
import { STEP, stepProgress } from './step-state.ts';

const FAILURE = 'failure:';
/** Looked at in one script, while Redis does nothing else. */
const LANES_A_PART = 256;
const EVENTS_A_PART = 64;

export interface RedisLanesOptions {
  readonly redis: RedisConnection;
  /** The shard's: first part of all its keys. */
  readonly prefix: string;
  readonly times: LaneTimes;
  /** Of writes that somebody relies on. */
  readonly replication: Replication;
  /** Time of the scripts in ms; 0 is Redis' own clock, so that machines need not agree. */
  readonly now: () => number;
  /** Who takes lanes: a random name, so that no two workers grant themselves the same epoch. */
  readonly owner: string;
  readonly shards?: Spread['shards'];
}

/**
 * Lanes on Redis: each method is the Lua file of its name, but for `events`, which is one command;
 * calls of the same tick share a round trip.
 */
export function createRedisLanes(options: RedisLanesOptions): Lanes {
  const { redis, prefix, now, owner, replication, shards } = options;
  const { leaseMs, graceMs, seenMs } = options.times;

  /** Requests of one tick as one script call: `head` once, then what `flatten` makes of each. */
  function batched<Request, Result>(
    name: ScriptName,
    head: readonly (string | number)[],
    flatten: (request: Request) => (string | number)[],
    read: (answer: unknown, request: Request) => Result,
    until?: Replication,
  ): (request: Request) => Promise<Result> {
    const run = loadScript(redis, name, until, { shards });
    const batcher = new Batcher<Request, Result>(
      async (requests) => {
        const args = [now(), ...head];
        for (const request of requests) args.push(...flatten(request));
        const answers = (await run(prefix, args)) as unknown[];
        return requests.map((request, index) => read(answers[index], request));
      },
      // Far fewer than what Lua can unpack: a script that fails half way leaves what nobody wakes.
      { most: 256, inFlight: 2 },
    );
    return (request) => batcher.add(request);
  }

  const single = (name: ScriptName) => {
    const run = loadScript(redis, name, undefined, { shards });
    return (...args: (string | number)[]) => run(prefix, [now(), ...args]);
  };
  const isDone = (answer: unknown): boolean => answer === 1;
  const cancel = single('cancel');
  const hasten = single('hasten');
  const forget = single('forget');
  const sweep = single('sweep');
  const inspect = single('inspect');
  const figures = single('figures');

  return {
    accept: batched<QueueEvent, Accepted>(
      'accept',
      [graceMs, seenMs],
      acceptArgs,
      (answer) => readAccepted(answer as number),
      replication,
    ),
    delay: batched<Delay, 'accepted' | 'duplicate'>(
      'delay',
      [seenMs],
      delayArgs,
      (answer) => (isDone(answer) ? 'accepted' : 'duplicate'),
      replication,
    ),
    cancel: async (eventId) => isDone(await cancel(seenMember(eventId))),
    take: batched<Take, Taken>(
      'take',
      [leaseMs, owner],
      ({ lane, mostLost }) => [lane, mostLost],
      (answer, { lane }) => readTaken(answer, lane),
    ),
    finish: batched<Finish, Finished>(
      'finish',
      [graceMs],
      ({ grant: { head, epoch, turn }, deadLetter = '', next }) => [
        head.lane,
        epoch,
        turn,
        head.id,
        deadLetter,
        next,
      ],
      (answer, { grant }) => readFinished(answer, grant),
    ),
    retry: batched<Retry, boolean>(
      'retry',
      [graceMs],
      ({ grant: { head, epoch, lost }, delayMs, countAttempt, ran, failure = '' }) => [
        head.lane,
        epoch,
        Math.ceil(delayMs),
        countAttempt ? 1 : 0,
        ran ? 0 : lost - 1,
        failure,
      ],
      isDone,
    ),
    renew: batched<Grant, boolean>(
      'renew',
      [leaseMs],
      (grant) => [grant.head.lane, grant.epoch],
      isDone,
    ),
    journal: batched<JournalEntry, Journaled>(
      'journal',
      [],
      ({ grant: { head, epoch, turn }, step, state }) => [
        head.lane,
        epoch,
        turn,
        STEP + step,
        state,
      ],
      (answer) =>
        typeof answer === 'string'
          ? { kind: 'done', state: answer }
          : answer === 0
            ? { kind: 'fenced' }
            : { kind: 'written', behind: Number(answer) - 1 },
      replication,
    ),
    confirm: batched<Confirmation, Confirmed>(
      'confirm',
      [graceMs],
      ({ lane, eventId, step, state }) => [
        lane,
        `${eventId.length} ${eventId}`,
        STEP + step,
        state,
      ],
      (answer) => (answer === 2 ? 'wake' : answer === 1 ? 'settled' : 'not-waiting'),
      replication,
    ),
    async hasten({ beginning, part }) {
      const answer = await hasten(graceMs, beginning, part, LANES_A_PART);
      const [next, hastened] = answer as [string, string[]];
      return { lanes: hastened, next: next === '0' ? undefined : next };
    },
    async forget({ lanes, among, part }) {
      const answer = await forget(among, part, EVENTS_A_PART, ...lanes);
      const [next, count] = answer as [string, number];
      return { count, next: next === '0' ? undefined : next };
    },
    async sweep(most) {
      const [woken, found, due] = (await sweep(graceMs, most)) as [string[], string[], number];
      return { woken, found, nextDueMs: due < 0 ? undefined : due };
    },
    inspect: async (lane) => readLane(await inspect(lane)),
    async events(lane, first, most) {
      const entries = await redis.lrange(`${prefix}:lane:${lane}`, first, first + most - 1);
      return entries.map((entry) => decodeEntry(lane, entry).event);
    },
    async figures() {
      const counts = (await figures()) as number[];
      const [waitingLanes = 0, delayedEvents = 0, deadLetters = 0, oldestAgeMs = 0] = counts;
      const [waitingEvents = 0, turns = 0, retries = 0, dead = 0] = counts.slice(4);
      return {
        waitingLanes,
        waitingEvents,
        delayedEvents,
        deadLetters,
        oldestAgeMs,
        turns,
        retries,
        dead,
      };
    },
  };
}

export const acceptArgs = (event: QueueEvent): (string | number)[] => [
  event.lane,
  ...seenPlace(event),
  event.timestamp,
  encodeEvent(event),
];

export const readAccepted = (flags: number): Accepted => ({
  outcome: flags & 1 ? 'accepted' : 'duplicate',
  wake: (flags & 2) !== 0,
});

export const delayArgs = ({ event, delayMs }: Delay): (string | number)[] => [
  event.lane,
  ...seenPlace(event),
  Math.ceil(delayMs),
  encodeEvent(event),
];

type Granted = [number, string, number, number, string, number, string[]];

function readTaken(answer: unknown, lane: string): Taken {
  const [status, epoch, attempt, lost, head, at, state] = answer as Granted;
  if (status === 0) return { kind: 'empty' };
  if (status === 2) return { kind: 'busy' };
  if (status === 3) return { kind: 'not-due' };
  if (status === 4) return { kind: 'suspect', lost: Number(epoch) };
  const entry = decodeEntry(lane, head);
  const steps = new Map(entry.steps);
  const failures: string[] = [];
  for (const [field, value] of pairs(state)) {
    if (field.startsWith(STEP)) steps.set(field.slice(STEP.length), value);
    if (field.startsWith(FAILURE)) failures[Number(field.slice(FAILURE.length)) - 1] = value;
  }
  const grant: Grant = {
    epoch,
    turn: 1,
    head: entry.event,
    attempt,
    lost,
    steps,
    failures: failures.filter((failure) => failure !== undefined),
    at,
  };
  return { kind: 'granted', grant };
}

function readFinished(answer: unknown, previous: Grant): Finished {
  const [status, head, turn] = answer as [number, string, number];
  if (status === 0) return { kind: 'fenced' };
  if (status === 1) return { kind: 'empty' };
  if (status === 3) return { kind: 'released' };
  const { event, steps } = decodeEntry(previous.head.lane, head);
  return {
    kind: 'next',
    grant: { ...previous, turn, head: event, attempt: 1, lost: 1, steps, failures: [] },
  };
}

function readLane(answer: unknown): LaneFigures {
  const [events, now, fields] = answer as [number, number, string[]];
  const state = new Map(pairs(fields));
  const since = (field: string): number => Math.max(0, Number(state.get(field) ?? 0) - now);
  const steps = [...state].filter(([field]) => field.startsWith(STEP));
  return {
    events,
    attempts: Number(state.get('attempts') ?? 0),
    heldMs: since('until'),
    dueMs: since('due'),
    steps: Object.fromEntries(
      steps.map(([field, value]) => [field.slice(STEP.length), stepProgress(value)]),
    ),
  };
}

/** Redis answers a hash as a flat list. */
function pairs(flat: readonly string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [
    flat[2 * index] ?? '',
    flat[2 * index + 1] ?? '',
  ]);
}
