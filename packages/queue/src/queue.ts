import { assertEvent, type QueueEvent } from './events.ts';
import { ClosedError, InputError, UnavailableError } from './errors.ts';
import { createShards, type ShardOptions } from './shards.ts';

/** Where the queue lives; the producer and the worker need the same. */
export type QueueOptions = ShardOptions;

/** What became of an event that was added. */
export type AddOutcome = 'accepted' | 'duplicate';

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
        if (error instanceof InputError) throw error;
        throw new UnavailableError(
          `Redis did not take ${events.length} event(s): ${error instanceof Error ? error.message : String(error)} Add them again.`,
          { cause: error },
        );
      }
    },
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
