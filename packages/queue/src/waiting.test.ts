import { describe, expect, it } from 'vitest';
import { InputError } from './errors.ts';
import { drain, event, granted, stores, useShard } from './lanes.test-setup.ts';
import { after, event as queued, useQueues } from './queues.test-setup.ts';
import type { Turn } from './visit.ts';

describe.each(stores)('what waits in %s', (store) => {
  describe('in a lane', () => {
    const shard = useShard(store);
    const waitingIds = async (most = 100): Promise<string[]> =>
      (await shard.lanes.events('ann', 1, most)).map(({ id }) => id);

    it('is nothing in a lane that is empty, or that has its head only', async () => {
      expect(await waitingIds()).toEqual([]);
      await shard.lanes.accept(event('a'));
      expect(await waitingIds()).toEqual([]);
    });

    it('stands behind the head, oldest first, at most so many', async () => {
      for (const id of ['a', 'b', 'c', 'd']) await shard.lanes.accept(event(id));
      await shard.lanes.accept(event('other', { lane: 'bình' }));
      await shard.take('ann');
      await shard.lanes.accept(event('late', { timestamp: 1 }));
      expect(await waitingIds()).toEqual(['late', 'b', 'c', 'd']);
      expect(await waitingIds(4)).toEqual(['late', 'b', 'c', 'd']);
      expect(await waitingIds(1)).toEqual(['late']);
    });

    it('moves up when the head is handled', async () => {
      for (const id of ['a', 'b', 'c']) await shard.lanes.accept(event(id));
      const grant = granted(await shard.take('ann'));
      await shard.lanes.finish({ grant, next: 'take' });
      expect(await waitingIds()).toEqual(['c']);
    });

    it('comes as it was put in, whatever the id and the data', async () => {
      const strange = event('m_1 2 ắ 😊', { data: [null, 'Tạm biệt\n', { a: 1 }], timestamp: -7 });
      await shard.lanes.accept(event('head', { timestamp: -8 }));
      await shard.lanes.accept(strange);
      expect(await shard.lanes.events('ann', 1, 1)).toEqual([strange]);
    });

    it('comes without the steps of a replayed dead letter', async () => {
      const dead = event('dead', { data: 'chào' });
      await shard.lanes.accept(dead);
      const grant = granted(await shard.take('ann'));
      await shard.lanes.journal({ grant, step: 's', state: 'done 1' });
      await shard.lanes.finish({ grant, deadLetter: '[]', next: 'take' });
      await shard.lanes.accept(event('head', { timestamp: 1 }));
      await shard.deadLetters.remove('replay', 'dead');
      expect(await shard.lanes.events('ann', 1, 10)).toEqual([dead]);
    });

    it('is changed by no look, nor is the lane', async () => {
      for (const id of ['a', 'b', 'c']) await shard.lanes.accept(event(id));
      await shard.take('ann');
      const before = [await shard.lanes.inspect('ann'), await shard.lanes.figures()];
      await Promise.all([waitingIds(), waitingIds(), waitingIds(1)]);
      expect([await shard.lanes.inspect('ann'), await shard.lanes.figures()]).toEqual(before);
      shard.now += 4_000;
      expect(await drain(shard)).toEqual(['a', 'b', 'c']);
    });
  });

  describe('in a queue', () => {
    const setUp = useQueues(store);

    it('is seen lane by lane from the head on, oldest first, at most 100 unless said', async () => {
      const { queue } = setUp({ shards: 3 });
      const all = Array.from({ length: 120 }, (_, index) => queued(`e${index}`));
      await queue.add([queued('other', 'bình'), ...all]);
      expect(await queue.events('ann')).toEqual(all.slice(0, 100));
      expect(await queue.events('ann', 1_000)).toEqual(all);
      expect(await queue.events('bình', 1)).toEqual([queued('other', 'bình')]);
      expect(await queue.events('cid')).toEqual([]);
      expect(await queue.figures()).toMatchObject({ waitingEvents: 121 });
    });

    it.each([0, 1_001, 1.5, Number.NaN])('is not asked for by %s', async (most) => {
      await expect(setUp().queue.events('ann', most)).rejects.toThrow(
        `most must be a whole number from 1 to 1000, got ${String(most)}.`,
      );
    });
  });

  describe('in a turn', () => {
    const setUp = useQueues(store);

    /** What `look` answers in the turn of the first of so many events. */
    async function inFirstTurn<Answer>(
      count: number,
      look: (turn: Turn) => Promise<Answer>,
    ): Promise<Answer | undefined> {
      const { queue, work } = setUp();
      const all = after(count);
      await queue.add(Array.from({ length: count }, (_, index) => queued(`e${index}`)));
      let answer: Answer | undefined;
      work({
        handle: async ({ id }, turn) => {
          if (id === 'e0') answer = await look(turn);
          all.call();
        },
      });
      await all.done;
      return answer;
    }

    it('is seen from the first event, at most 100 unless said', async () => {
      const counts = await inFirstTurn(120, async (turn) => [
        (await turn.waiting()).length,
        (await turn.waiting(1_000)).length,
        (await turn.waiting(2)).map(({ id }) => id),
      ]);
      expect(counts).toEqual([100, 119, ['e1', 'e2']]);
    });

    it.each([0, 1_001, 1.5, Number.NaN])('is not asked for by %s', async (most) => {
      const error = await inFirstTurn(1, (turn) => turn.waiting(most).catch((thrown) => thrown));
      expect(error).toBeInstanceOf(InputError);
      expect(String(error)).toContain(
        `most must be a whole number from 1 to 1000, got ${String(most)}.`,
      );
    });
  });
});
