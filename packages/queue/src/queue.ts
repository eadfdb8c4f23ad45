import { createDeadLetters, type DeadLetters } from './dead-letters.ts';
import { assertEvent, type QueueEvent } from './events.ts';
import { ClosedError, UnavailableError } from './errors.ts';
import { createShards, type ShardOptions } from './shards.ts';
import { doneState, parseStepId } from './steps.ts';

/** Where the queue lives; the producer and the worker need the same. */
export type QueueOptions = ShardOptions;

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
   * @throws {UnavailableError} Redis did not take all of them; adding them again is safe.
   */
  add(events: readonly QueueEvent[]): Promise<AddOutcome[]>;
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
  /** Events that were given up on. */
  readonly deadLetters: DeadLetters;
  /** Lanes that hold events and events given up on, over all shards. */
  count(): Promise<{ waitingLanes: number; deadLetters: number }>;
  /** Lets go of Redis; the connection handed in stays open. */
  close(): Promise<void>;
}

/**
 * The producer's side of the lanes.
 *
 * @example
 * const queue = createQueue({ redis: connectRedis({ url, role: 'producer' }) });
 * await queue.add([{ id: 'm1', lane: 'ann', timestamp: 1700000000000, data: { text: 'hi' } }]);
 */
export function createQueue(options: QueueOptions): Queue {
  const shards = createShards(options);
  let closed = false;

  return {
    async add(events) {
      if (closed) throw new ClosedError('The queue is closed; it takes no more events.');
      for (const event of events) assertEvent(event);
      try {
        const accepted = await Promise.all(
          events.map((event) => shards.of(event.lane).lanes.accept(event)),
        );
        const woken = new Set<string>();
        for (const [index, { wake }] of accepted.entries()) {
          const event = events[index];
          if (wake && event) woken.add(event.lane);
        }
        await shards.wake([...woken]);
        return accepted.map(({ outcome }) => outcome);
      } catch (error) {
        throw unavailable(`${events.length} event(s)`, error);
      }
    },
    async confirmStep({ lane, stepId, result }) {
      if (closed) throw new ClosedError('The queue is closed; it takes no more confirmations.');
      const named = parseStepId(stepId);
      if (!named) return false;
      try {
        const confirmation = { lane, ...named, state: doneState(result) };
        const confirmed = await shards.of(lane).lanes.confirm(confirmation);
        if (confirmed === 'wake') await shards.wake([lane]);
        return confirmed !== 'not-waiting';
      } catch (error) {
        throw unavailable(`the confirmation of step ${stepId}`, error);
      }
    },
    deadLetters: createDeadLetters(
      shards.all.map((shard) => shard.deadLetters),
      (lanes) => shards.wake(lanes),
    ),
    async count() {
      const counts = await Promise.all(shards.all.map((shard) => shard.lanes.count()));
      return {
        waitingLanes: counts.reduce((sum, { waitingLanes }) => sum + waitingLanes, 0),
        deadLetters: counts.reduce((sum, { deadLetters }) => sum + deadLetters, 0),
      };
    },
    async close() {
      closed = true;
      await shards.close();
    },
  };
}

function unavailable(what: string, cause: unknown): UnavailableError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UnavailableError(`Redis did not take ${what}: ${reason} Do it again.`, { cause });
}
