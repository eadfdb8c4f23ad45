import { describe, expect, it } from 'vitest';
import { InputError } from './errors.ts';
import { drain, event, granted, stores, useRealShard, useShard } from './lanes.test-setup.ts';
import type { Lanes } from './lanes.ts';
import { after, event as queued, useQueues } from './queues.test-setup.ts';

/** All parts of the lanes, one after another. */
async function hasten(lanes: Lanes, beginning: string): Promise<string[]> {
  const hastened: string[] = [];
  for (let part: string | undefined = '0'; part !== undefined;) {
    const answer = await lanes.hasten({ beginning, part });
    hastened.push(...answer.lanes);
    part = answer.next;
  }
  return hastened.toSorted();
}

describe.each(stores)('hastening in %s', (store) => {
  describe('a shard', () => {
    const shard = useShard(store);

    /** Has the lane wait half a minute for another attempt at its event. */
    async function pause(lane: string, id = `e-${lane}`): Promise<void> {
      await shard.lanes.accept(event(id, { lane }));
      const grant = granted(await shard.take(lane));
      await shard.lanes.journal({ grant, step: 's', state: 'done 1' });
      const how = { delayMs: 30_000, countAttempt: true, ran: true, failure: '{"attempt":1}' };
      await shard.lanes.retry({ grant, ...how });
    }

    it('makes lanes due that wait for another attempt, if their ids begin so', async () => {
      for (const lane of ['1:ann', '1:bình', '11:ann', '2:1:ann', '1']) await pause(lane);
      expect(await hasten(shard.lanes, '1:')).toEqual(['1:ann', '1:bình']);
      expect((await shard.take('1:ann')).kind).toBe('granted');
      expect((await shard.take('1:bình')).kind).toBe('granted');
      for (const lane of ['11:ann', '2:1:ann', '1']) {
        expect(await shard.take(lane)).toEqual({ kind: 'not-due' });
      }
    });

    it.each(['*', '?:', '[1]:', '1:*', '1%', '^1'])(
      'takes %s for what it is',
      async (beginning) => {
        await pause('1:ann');
        await pause(`${beginning}ann`);
        expect(await hasten(shard.lanes, beginning)).toEqual([`${beginning}ann`]);
      },
    );

    it('keeps the order, the attempts, the steps and the failures', async () => {
      await pause('ann', 'a');
      await shard.lanes.accept(event('c', { timestamp: 3_000 }));
      await shard.lanes.accept(event('b', { timestamp: 2_000 }));
      expect(await hasten(shard.lanes, 'ann')).toEqual(['ann']);
      const grant = granted(await shard.take('ann'));
      expect(grant).toMatchObject({ attempt: 2, lost: 1, failures: ['{"attempt":1}'] });
      expect([...grant.steps]).toEqual([['s', 'done 1']]);
      shard.now += 4_000;
      expect(await drain(shard)).toEqual(['a', 'b', 'c']);
    });

    it('does not touch a lane in the hands of a worker', async () => {
      await pause('ann');
      shard.now += 30_000;
      const grant = granted(await shard.take('ann'));
      const before = await shard.lanes.inspect('ann');
      expect(await hasten(shard.lanes, 'ann')).toEqual([]);
      expect(await shard.lanes.inspect('ann')).toEqual(before);
      expect(await shard.lanes.renew(grant)).toBe(true);
      expect(await shard.lanes.finish({ grant, next: 'take' })).toEqual({ kind: 'empty' });
    });

    it('does not touch lanes that are due, whose worker is away or died', async () => {
      await shard.lanes.accept(event('a'));
      expect(await hasten(shard.lanes, 'ann')).toEqual([]);
      await shard.take('ann');
      shard.now += 4_000;
      expect(await hasten(shard.lanes, 'ann')).toEqual([]);
      expect((await shard.lanes.sweep(10)).found).toEqual(['ann']);
    });

    it('leaves delayed events to their time', async () => {
      await shard.lanes.delay({ event: event('timer'), delayMs: 5_000 });
      expect(await hasten(shard.lanes, 'ann')).toEqual([]);
      expect(await shard.lanes.sweep(10)).toMatchObject({ woken: [], nextDueMs: 5_000 });
    });

    it('is harmless when it is done twice', async () => {
      await pause('ann');
      expect(await hasten(shard.lanes, 'ann')).toEqual(['ann']);
      expect(await hasten(shard.lanes, 'ann')).toEqual([]);
      expect(await drain(shard)).toEqual(['e-ann']);
    });

    it('makes the lanes ready, and has the sweep look after them', async () => {
      await pause('ann');
      await hasten(shard.lanes, 'ann');
      shard.now += 2_000;
      expect((await shard.lanes.figures()).oldestAgeMs).toBe(2_000);
      expect((await shard.lanes.sweep(10)).found).toEqual(['ann']);
    });
  });

  describe('a queue', () => {
    const setUp = useQueues(store);

    it('has the turns of the lanes run again at once, in all shards', async () => {
      const { queue, work } = setUp({ shards: 3 });
      const lanes = Array.from({ length: 20 }, (_, index) => `1:${index}`);
      const failed = after(lanes.length);
      const handled = after(2 * lanes.length);
      const order: string[] = [];
      let mended = false;
      work({
        retry: () => ({ kind: 'retry', delayMs: 60_000, countAttempt: false }),
        observer: { retried: failed.call },
        handle: async ({ id }) => {
          if (!mended) throw new Error('the token has expired');
          order.push(id);
          handled.call();
        },
      });
      await queue.add(lanes.map((lane) => queued(`a-${lane}`, lane)));
      await failed.done;
      await queue.add(lanes.map((lane) => queued(`b-${lane}`, lane, 2_000)));
      mended = true;
      expect(await queue.hasten('2:')).toBe(0);
      expect(await queue.hasten('1:')).toBe(lanes.length);
      await handled.done;
      for (const lane of lanes) {
        const ofLane = order.filter((id) => id.endsWith(`-${lane}`));
        expect(ofLane).toEqual([`a-${lane}`, `b-${lane}`]);
      }
    });

    it.each(['', 'x'.repeat(257)])(
      'refuses a beginning that no lane can have',
      async (beginning) => {
        await expect(setUp().queue.hasten(beginning)).rejects.toThrow(InputError);
      },
    );
  });
});

describe('hastening on Redis', () => {
  const shard = useRealShard();

  it('looks at many lanes part by part', async () => {
    const ids = Array.from({ length: 2_000 }, (_, index) => `${index % 2}:${index}`);
    await Promise.all(ids.map((lane) => shard.lanes.accept(event(`e-${lane}`, { lane }))));
    const grants = await Promise.all(ids.map(async (lane) => granted(await shard.take(lane))));
    const how = { delayMs: 30_000, countAttempt: true, ran: true };
    await Promise.all(grants.map((grant) => shard.lanes.retry({ grant, ...how })));
    const { lanes, next } = await shard.lanes.hasten({ beginning: '1:', part: '0' });
    expect(lanes.length).toBeLessThan(600);
    expect(next).toBeDefined();
    const rest = await hasten(shard.lanes, '1:');
    expect([...lanes, ...rest].toSorted()).toEqual(
      ids.filter((id) => id.startsWith('1:')).toSorted(),
    );
  });
});
