import { describe, expect, it } from 'vitest';
import type { Failure } from './dead-letters.ts';
import { stores } from './lanes.test-setup.ts';
import { after, event, useQueues, type TestQueue } from './queues.test-setup.ts';
import { backoff } from './retry.ts';

const twice = backoff({ attempts: 2, firstDelayMs: 1, random: () => 0 });

/** Has a worker give up on these events, and closes it. */
async function bury({ queue, work }: TestQueue, ids: readonly string[]): Promise<void> {
  const buried = after(ids.length);
  await queue.add(ids.map((id, index) => event(id, 'ann', 1_000 + index)));
  const worker = work({
    retry: twice,
    observer: { buried: buried.call },
    handle: async ({ id }, { attempt }) => {
      throw new RangeError(`${id} fails for the ${attempt}. time`);
    },
  });
  await buried.done;
  await worker.close();
}

describe.each(stores)('in %s', (store) => {
  const setUp = useQueues(store);
  describe('dead letters', () => {
    it('are kept with their events and why each attempt failed, the newest first', async () => {
      const test = setUp({ shards: 3 });
      const { queue } = test;
      await bury(test, ['a', 'chào']);
      const failures = (id: string): Failure[] =>
        [1, 2].map((attempt) => {
          return { attempt, name: 'RangeError', message: `${id} fails for the ${attempt}. time` };
        });
      const [newest, oldest] = await queue.deadLetters.list();
      expect(newest).toEqual({
        event: event('chào', 'ann', 1_001),
        failures: failures('chào'),
        steps: {},
        at: expect.any(Number),
      });
      expect(oldest).toMatchObject({ event: { id: 'a' }, failures: failures('a') });
      expect(await queue.deadLetters.get('chào')).toEqual(newest);
      expect(await queue.deadLetters.list({ limit: 1 })).toEqual([newest]);
      expect(await queue.deadLetters.list({ before: oldest?.at ?? 0 })).toEqual([]);
      expect(await queue.figures()).toMatchObject({ deadLetters: 2, waitingLanes: 0 });
    });

    it('go back into their lane, to be handled as if for the first time', async () => {
      const test = setUp();
      const { queue, work } = test;
      await bury(test, ['a']);
      expect(await queue.deadLetters.replay('a')).toBe(true);
      expect(await queue.deadLetters.replay('a')).toBe(false);
      expect(await queue.figures()).toMatchObject({ deadLetters: 0, waitingLanes: 1 });
      const handled = after(1);
      work({
        handle: async (again, { attempt }) => {
          expect([again, attempt]).toEqual([event('a'), 1]);
          handled.call();
        },
      });
      await handled.done;
    });

    it('show how far their steps have come, and repeat none that is done', async () => {
      const { queue, work } = setUp();
      const buried = after(1);
      const handled = after(1);
      const effects: string[] = [];
      let mended = false;
      work({
        retry: backoff({ attempts: 1, random: () => 0 }),
        observer: { buried: buried.call, handled: handled.call },
        handle: async (_, turn) => {
          effects.push(String(await turn.step('first', async () => 'first')));
          await turn.step('second', async () => {
            if (!mended) throw new RangeError('not yet');
            effects.push('second');
          });
        },
      });
      await queue.add(event('a'));
      await buried.done;
      expect((await queue.deadLetters.get('a'))?.steps).toEqual({
        first: 'done',
        second: 'unknown',
      });
      mended = true;
      effects.length = 0;
      await queue.deadLetters.replay('a');
      await handled.done;
      expect(effects).toEqual(['first', 'second']);
    });

    it('go back before younger events that wait', async () => {
      const test = setUp();
      const { queue, work } = test;
      await bury(test, ['a', 'b']);
      await queue.add([event('c', 'ann', 2_000)]);
      await queue.deadLetters.replay('b');
      await queue.deadLetters.replay('a');
      const all = after(3);
      const order: string[] = [];
      work({
        handle: async ({ id }) => {
          order.push(id);
          all.call();
        },
      });
      await all.done;
      expect(order).toEqual(['a', 'b', 'c']);
    });

    it('are forgotten when they are dropped', async () => {
      const test = setUp();
      const { queue } = test;
      await bury(test, ['a']);
      expect(await queue.deadLetters.drop('b')).toBe(false);
      expect(await queue.deadLetters.drop('a')).toBe(true);
      expect(await queue.deadLetters.get('a')).toBeUndefined();
      expect(await queue.deadLetters.list()).toEqual([]);
      expect(await queue.figures()).toMatchObject({ deadLetters: 0, waitingLanes: 0 });
    });
  });
});
