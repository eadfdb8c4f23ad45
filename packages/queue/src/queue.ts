import { createPressureGauge, type BackpressureOptions, type Pressure } from './backpressure.ts';
import { systemClock, type Clock } from './clock.ts';
import { createDeadLetters, type DeadLetters } from './dead-letters.ts';
import { ClosedError, OverloadedError, UnavailableError } from './errors.ts';
import { assertDelay, assertEvent, assertLength, type QueueEvent } from './events.ts';
import type { Forgotten, LaneFigures, QueueFigures } from './lanes.ts';
import type { LaneDoor, Shards } from './shards.ts';
import { doneState, parseStepId } from './step-state.ts';
import { assertWhole } from './whole-number.ts';

/** How events are added. */
export interface AddOptions {
  /**
   * Keeps them for so many ms and then puts them into their lanes; their `timestamp` becomes the
   * time they are due. At most a second late for pauses below a second. Default 0.
   */
  readonly delayMs?: number;
}

/** What became of an event that was added. */
export type AddOutcome = 'accepted' | 'duplicate';

/** That a step's effect took place. */
export interface StepConfirmation {
  readonly lane: string;
  /** As the effect was given it: `<event id>/<step name>`. */
  readonly stepId: string;
  /** What the effect would have returned; anything that survives JSON. */
  readonly result: unknown;
}

/** Where events wait, each in its lane. Made by {@link createQueue}. */
export interface Queue {
  /**
   * Puts events into their lanes. When it resolves each of them is in Redis, or was before, and
   * its lane has been woken.
   *
   * @throws {InputError} one of the events cannot be queued; none was added.
   * @throws {OverloadedError} the queue holds as much as it may; none was added.
   * @throws {UnavailableError} Redis did not take all of them; adding them again is safe.
   *
   * @example
   * await queue.add(reminder, { delayMs: 24 * 60 * 60 * 1_000 });
   */
  add(event: QueueEvent, options?: AddOptions): Promise<AddOutcome>;
  /** Several of them, of any lanes, at once; what became of each is answered in their order. */
  add(events: readonly QueueEvent[], options?: AddOptions): Promise<AddOutcome[]>;
  /**
   * Takes a delayed event out before it is due, as if it had never been added: its id may be used
   * again. Answers false when no such event is delayed, because it came due for example.
   *
   * @throws {UnavailableError} Redis did not answer; cancelling again is safe.
   */
  cancel(event: Pick<QueueEvent, 'lane' | 'id'>): Promise<boolean>;
  /**
   * Says that the effect of a step was seen, from outside of its lane: an event behind the lane's
   * head must not wait for the head. Answers whether a step was waiting for this; what is unknown,
   * done, or no step's id is none of the queue's, and harmless.
   *
   * @example
   * await queue.confirmStep({ lane: 'ann', stepId: 'm1/greet', result: { messageId: 'm2' } });
   *
   * @throws {UnavailableError} Redis did not take it; confirming again is safe.
   */
  confirmStep(confirmation: StepConfirmation): Promise<boolean>;
  /**
   * Has lanes go on at once that wait for another attempt at their oldest event: what they waited for
   * is mended. Their order, attempts and steps stay. A lane in a worker's hands goes on as it is, and
   * so do delayed events. Answers how many lanes were made due.
   *
   * @param beginning How the ids of the lanes begin, 1 to 256 characters.
   *
   * @example
   * await queue.hasten(`${pageId}:`); // the Page has a new token
   *
   * @throws {InputError} the beginning is empty or too long.
   * @throws {UnavailableError} Redis did not answer; some lanes may be due. Hastening again is safe.
   */
  hasten(beginning: string): Promise<number>;
  /**
   * Removes all that lanes hold, for people who ask to be forgotten: events that wait, are delayed or
   * are dead letters, and what is written down of their steps. A turn that runs now is fenced: it
   * begins no further step, and what it answers is not taken. Events added from now on are handled as
   * ever. Ids of events stay remembered, as hashes.
   *
   * Looks at all delayed events and dead letters of the lanes' shards, so it is nothing for each turn.
   * Answers how many events were removed.
   *
   * @param lanes Their ids, at most 1,000.
   *
   * @example
   * await queue.forget([`${pageId}:${psid}`]);
   *
   * @throws {InputError} these are too many lanes.
   * @throws {UnavailableError} Redis did not answer; some may be removed. Forgetting again is safe.
   */
  forget(lanes: readonly string[]): Promise<number>;
  /** Events that were given up on. */
  readonly deadLetters: DeadLetters;
  /** What all shards hold, and what became of events. */
  figures(): Promise<QueueFigures>;
  /** One lane. */
  lane(id: string): Promise<LaneFigures>;
  /**
   * What stands in a lane, oldest first, the event being handled included. Only looks, for people who
   * look after the queue: a turn sees what waits behind its own event by `turn.waiting`.
   *
   * @param most 1 to 1,000, default 100.
   *
   * @example
   * const [head] = await queue.events('ann', 1);
   *
   * @throws {InputError} `most` is out of its range.
   */
  events(lane: string, most?: number): Promise<readonly QueueEvent[]>;
  /** Whether the queue keeps up, as known from the last half second or so. */
  pressure(): Pressure;
  /** Lets go of Redis; the connection handed in stays open. */
  close(): Promise<void>;
}

/**
 * The producer's side of the lanes, wherever they are.
 *
 * @param memory Share of its memory that the store uses, from 0 to 1.
 */
export function openQueue(
  shards: Shards,
  memory: () => Promise<number>,
  { backpressure = {}, clock = systemClock }: { backpressure?: BackpressureOptions; clock?: Clock },
): Queue {
  let closed = false;
  const gauge = createPressureGauge(
    async () => {
      const [share, { waitingEvents, oldestAgeMs }] = await Promise.all([memory(), figures()]);
      return { events: waitingEvents, ageMs: oldestAgeMs, memory: share };
    },
    backpressure,
    clock,
  );

  async function figures(): Promise<QueueFigures> {
    return sum(await Promise.all(shards.all.map((shard) => shard.lanes.figures())));
  }

  async function put(events: readonly QueueEvent[]): Promise<AddOutcome[]> {
    const accepted = await Promise.all(
      events.map((event) => shards.doorOf(event.lane).accept(event)),
    );
    const woken = events.filter((_, index) => accepted[index]?.wake).map(({ lane }) => lane);
    await shards.wake([...new Set(woken)]);
    return accepted.map(({ outcome }) => outcome);
  }

  function add(event: QueueEvent, options?: AddOptions): Promise<AddOutcome>;
  function add(events: readonly QueueEvent[], options?: AddOptions): Promise<AddOutcome[]>;
  async function add(
    given: QueueEvent | readonly QueueEvent[],
    { delayMs = 0 }: AddOptions = {},
  ): Promise<AddOutcome | AddOutcome[]> {
    if (closed) throw new ClosedError('The queue is closed; it takes no more events.');
    const events = 'lane' in given ? [given] : given;
    for (const event of events) assertEvent(event);
    assertDelay(delayMs);
    const pressure = gauge.read();
    if (pressure.level === 'refuse') throw new OverloadedError(pressure.reason);
    const outcomes = await reach(`${events.length} event(s)`, () =>
      delayMs === 0
        ? put(events)
        : Promise.all(events.map((event) => shards.doorOf(event.lane).delay({ event, delayMs }))),
    );
    return 'lane' in given ? (outcomes[0] ?? 'duplicate') : outcomes;
  }

  async function forget(lanes: LaneDoor, ids: readonly string[]): Promise<number> {
    // In this order: what is delayed now and comes due meanwhile is found in its lane, with one of the
    // parts that follow, or fails there before the first part of the dead is looked at.
    const delayed = await partByPart((part) =>
      lanes.forget({ lanes: ids, among: 'delayed', part }),
    );
    const dead = await partByPart((part) => lanes.forget({ lanes: ids, among: 'dead', part }));
    return delayed + dead;
  }

  return {
    add,
    cancel: ({ lane, id }) =>
      reach(`the cancelling of event ${id}`, () => shards.doorOf(lane).cancel(id)),
    async confirmStep({ lane, stepId, result }) {
      if (closed) throw new ClosedError('The queue is closed; it takes no more confirmations.');
      const named = parseStepId(stepId);
      if (!named) return false;
      // Not by its id: that came from outside, and errors are written down.
      return reach('the confirmation of a step', async () => {
        const confirmation = { lane, ...named, state: doneState(result) };
        const confirmed = await shards.doorOf(lane).confirm(confirmation);
        if (confirmed === 'wake') await shards.wake([lane]);
        return confirmed !== 'not-waiting';
      });
    },
    async hasten(beginning) {
      if (closed) throw new ClosedError('The queue is closed; it hastens no more lanes.');
      assertLength('beginning', beginning, 256);
      return reach('the hastening of lanes', async () => {
        const counts = shards.all.map(({ lanes, wakeUps }) =>
          partByPart(async (part) => {
            const hastened = await lanes.hasten({ beginning, part });
            await wakeUps.add(hastened.lanes);
            return { count: hastened.lanes.length, next: hastened.next };
          }),
        );
        return total(await Promise.all(counts));
      });
    },
    async forget(lanes) {
      if (closed) throw new ClosedError('The queue is closed; it forgets no more lanes.');
      assertWhole('the number of lanes', lanes.length, 0, 1_000);
      return reach('the forgetting of lanes', async () => {
        const counts = Map.groupBy(new Set(lanes), (lane) => shards.doorOf(lane));
        return total(await Promise.all([...counts].map((each) => forget(...each))));
      });
    },
    deadLetters: createDeadLetters(shards.deadLetters, (lanes) => shards.wake(lanes)),
    figures,
    lane: (id) => shards.doorOf(id).inspect(id),
    async events(lane, most = 100) {
      assertWhole('most', most, 1, 1_000);
      return shards.doorOf(lane).events(lane, 0, most);
    },
    pressure: () => gauge.read(),
    async close() {
      closed = true;
      await shards.close();
    },
  };
}

function sum(all: readonly QueueFigures[]): QueueFigures {
  const add = (name: keyof QueueFigures): number =>
    all.reduce((total, figures) => total + figures[name], 0);
  return {
    waitingLanes: add('waitingLanes'),
    waitingEvents: add('waitingEvents'),
    delayedEvents: add('delayedEvents'),
    deadLetters: add('deadLetters'),
    oldestAgeMs: Math.max(...all.map(({ oldestAgeMs }) => oldestAgeMs)),
    turns: add('turns'),
    retries: add('retries'),
    dead: add('dead'),
  };
}

const total = (counts: readonly number[]): number =>
  counts.reduce((before, count) => before + count, 0);

/** One part after another, so that Redis serves others between them; answers the sum of the counts. */
async function partByPart(look: (part: string) => Promise<Forgotten>): Promise<number> {
  let count = 0;
  let part: string | undefined = '0';
  while (part !== undefined) {
    const looked: Forgotten = await look(part);
    count += looked.count;
    part = looked.next;
  }
  return count;
}

async function reach<Answer>(what: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UnavailableError(`Redis did not take ${what}: ${reason} Do it again.`, { cause });
  }
}
