import { describe, expect, it } from 'vitest';
import { systemClock } from './clock.ts';
import { shardOf } from './keys.ts';
import { stores } from './lanes.test-setup.ts';
import { backoff } from './retry.ts';
import { after, event, useQueues } from './queues.test-setup.ts';
import type { TurnOptions } from './worker.ts';

describe.each(stores)('in %s', (store) => {
  const setUp = useQueues(store);

  describe('a queue with workers', () => {
    it('keeps order and never overlaps within a lane, while lanes run side by side', async () => {
      const { queue, work } = setUp();
      const all = after(400);
      const seen = new Map<string, string[]>();
      const running = new Set<string>();
      let overlaps = 0;
      let together = 0;
      const handle: TurnOptions['handle'] = async ({ lane, id }) => {
        if (running.has(lane)) overlaps += 1;
        running.add(lane);
        together = Math.max(together, running.size);
        await new Promise(setImmediate);
        running.delete(lane);
        seen.set(lane, [...(seen.get(lane) ?? []), id]);
        all.call();
      };
      work({ handle });
      work({ handle });
      const lanes = Array.from({ length: 20 }, (_, index) => `lane-${index}`);
      for (let round = 0; round < 20; round += 1) {
        await queue.add(lanes.map((lane) => event(`${lane}/${round}`, lane, 1_000 + round)));
      }
      await all.done;

      expect(overlaps).toBe(0);
      expect(together).toBeGreaterThan(1);
      for (const lane of lanes) {
        expect(seen.get(lane)).toEqual(
          Array.from({ length: 20 }, (_, round) => `${lane}/${round}`),
        );
      }
    });

    it('handles an event once however often it is added', async () => {
      const { queue, work } = setUp();
      const all = after(1);
      const seen: string[] = [];
      expect(await queue.add([event('a'), event('a')])).toEqual(['accepted', 'duplicate']);
      const worker = work({
        handle: async ({ id }) => {
          seen.push(id);
          all.call();
        },
      });
      await all.done;
      await worker.close();
      expect(await queue.add([event('a')])).toEqual(['duplicate']);
      expect(seen).toEqual(['a']);
    });

    it('runs a failed turn again without repeating its steps, and the next event after it', async () => {
      const { queue, work } = setUp();
      const all = after(2);
      const notes: string[] = [];
      await queue.add([event('a'), event('b')]);
      work({
        retry: backoff({ firstDelayMs: 10, random: () => 0 }),
        handle: async ({ id }, { attempt, step }) => {
          const mid = await step('one', async () => {
            notes.push(`send ${id}`);
            return { mid: `m_${id}` };
          });
          if (id === 'a' && attempt < 3) throw new Error('Graph is tired');
          notes.push(`end ${mid?.mid} ${attempt}`);
          all.call();
        },
      });
      await all.done;
      expect(notes).toEqual(['send a', 'end m_a 3', 'send b', 'end m_b 1']);
    });

    it('gives up on an event after its attempts and goes on with the lane', async () => {
      const { queue, work } = setUp();
      const all = after(1);
      const attempts: number[] = [];
      await queue.add([event('poison'), event('fine')]);
      const worker = work({
        retry: backoff({ attempts: 3, firstDelayMs: 1, random: () => 0.5 }),
        handle: async ({ id }, { attempt }) => {
          if (id === 'fine') return all.call();
          attempts.push(attempt);
          throw new Error('poison');
        },
      });
      await all.done;
      await worker.close();
      expect(attempts).toEqual([1, 2, 3]);
      expect(await queue.figures()).toMatchObject({ waitingLanes: 0, deadLetters: 1 });
    });

    it('gives up on an event that kills its workers, without running it again', async () => {
      const { queue, work, lanes, skip } = setUp();
      await queue.add([event('killer'), event('fine')]);
      for (let death = 0; death < 3; death += 1) {
        await lanes.take({ lane: 'ann', mostLost: death });
        skip(4_000);
      }
      const all = after(1);
      const ran: string[] = [];
      const buried: string[] = [];
      const worker = work({
        retry: backoff({ lostAttempts: 3, random: () => 0 }),
        handle: async ({ id }) => {
          ran.push(id);
          all.call();
        },
        observer: { buried: ({ id }, { error }) => void buried.push(`${id} ${String(error)}`) },
      });
      await all.done;
      await worker.close();
      expect(ran).toEqual(['fine']);
      expect(buried).toEqual([expect.stringMatching(/^killer TurnLostError: 3 attempt/)]);
      expect((await queue.figures()).deadLetters).toBe(1);
    });

    it('starves nobody: a busy lane is given back after its share of turns', async () => {
      const { queue, work } = setUp();
      const order: string[] = [];
      const all = after(13);
      const busy = Array.from({ length: 12 }, (_, index) => event(`busy-${index}`, 'busy', index));
      await queue.add(busy);
      await queue.add([event('quiet', 'quiet')]);
      work({
        concurrency: 1,
        turnsPerVisit: 4,
        handle: async ({ id }) => {
          order.push(id);
          all.call();
        },
      });
      await all.done;
      expect(order.indexOf('quiet')).toBeLessThan(9);
      expect(order.filter((id) => id !== 'quiet')).toEqual(busy.map(({ id }) => id));
    });

    it('spreads lanes over shards, all of them served', async () => {
      const { queue, work } = setUp({ shards: 3 });
      const all = after(30);
      const lanes = Array.from({ length: 30 }, (_, index) => `lane-${index}`);
      await queue.add(lanes.map((lane) => event(`e-${lane}`, lane)));
      work({ handle: async () => all.call() });
      await all.done;
      expect(new Set(lanes.map((lane) => shardOf(lane, 3)))).toEqual(new Set([0, 1, 2]));
    });
  });

  describe('closing a worker', () => {
    it('lets a running turn end and leaves the rest to others', async () => {
      const { queue, work } = setUp();
      const begun = after(1);
      const { promise: gate, resolve: open } = Promise.withResolvers<void>();
      const seen: string[] = [];
      await queue.add([event('a', 'ann', 1), event('b', 'ann', 2)]);
      const first = work({
        handle: async ({ id }) => {
          begun.call();
          await gate;
          seen.push(`first ${id}`);
        },
      });
      await begun.done;
      const closed = first.close();
      open();
      await closed;
      const rest = after(1);
      work({
        handle: async ({ id }) => {
          seen.push(`second ${id}`);
          rest.call();
        },
      });
      await rest.done;
      expect(seen).toEqual(['first a', 'second b']);
    });

    it('aborts a turn that does not end, and its event is handled elsewhere, attempt uncounted', async () => {
      const { queue, work } = setUp();
      const begun = after(1);
      await queue.add([event('a')]);
      const first = work({
        drainMs: 20,
        handle: async (_event, { signal }) => {
          begun.call();
          await systemClock.wait(60_000, signal);
          signal.throwIfAborted();
        },
      });
      await begun.done;
      await first.close();
      const { promise, resolve } = Promise.withResolvers<number>();
      work({ handle: async (_event, { attempt }) => resolve(attempt) });
      expect(await promise).toBe(1);
    });
  });
});
