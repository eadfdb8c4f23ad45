import { beforeEach, describe, expect, it } from 'vitest';
import { shardOf } from './keys.ts';
import { event as eventOf, granted } from './lanes.test-setup.ts';
import { drainIn, lanesThat, movingSettings, useMovableShards } from './moves.test-setup.ts';
import { carry } from './moving-shards.ts';
import type { Queue } from './queue.ts';
import type { Shards } from './shards.ts';

describe.each(movingSettings)(
  'lanes that move from $count to $next shards in $store',
  (setting) => {
    const { store, ...change } = setting;
    const movable = useMovableShards(store);
    const [lane = ''] = lanesThat('move', change);
    const [staying = ''] = lanesThat('stay', change);
    const old = shardOf(lane, change.count);
    const fresh = shardOf(lane, change.next);
    let shards: Shards;
    let queue: Queue;
    const event = (id: string, more = {}) => eventOf(id, { lane, ...more });
    const begin = () => movable.move(change).advance();

    beforeEach(() => {
      shards = movable.open(change);
      queue = movable.openQueue(change);
    });

    it('stay where they were until the move has begun', async () => {
      await queue.add([event('m1'), event('m2')]);
      expect((await movable.openQueue(change.count).lane(lane)).events).toBe(2);
      expect(await drainIn(shards, old, lane)).toEqual(['m1', 'm2']);
      await queue.add(event('m3'));
      expect(await drainIn(shards, old, lane)).toEqual(['m3']);
    });

    it('leave once none of their events wait, and are found by the new number', async () => {
      await queue.add(event('m1'));
      await begin();
      await queue.add(event('m2'));
      expect(await drainIn(shards, old, lane)).toEqual(['m1', 'm2']);
      await queue.add([event('m3'), event('m4')]);
      expect((await movable.openQueue(change.next).lane(lane)).events).toBe(2);
      expect(await drainIn(shards, old, lane)).toEqual([]);
      expect(await drainIn(shards, fresh, lane)).toEqual(['m3', 'm4']);
    });

    it('are woken in their new shard only once something has gone there', async () => {
      const jobs = () => shards.all[fresh]?.wakeUps.waiting();
      await queue.add(event('m1'));
      await begin();
      await queue.add(event('m2'));
      expect(await jobs()).toBe(0);
      await drainIn(shards, old, lane);
      await queue.add(event('m3'));
      expect(await jobs()).toBe(1);
    });

    it('put a late event at its place among those that wait in the old shard', async () => {
      await queue.add(event('m1', { timestamp: 3_000 }));
      await begin();
      await queue.add(event('m0', { timestamp: 2_000 }));
      expect(await drainIn(shards, old, lane)).toEqual(['m0', 'm1']);
    });

    it('stay in the old shard while a worker holds their last event', async () => {
      await queue.add(event('m1'));
      const grant = granted(
        (await shards.all[old]?.lanes.take({ lane, mostLost: 9 })) ?? { kind: 'empty' },
      );
      await begin();
      await queue.add(event('m2'));
      expect(await drainIn(shards, fresh, lane)).toEqual([]);
      const finished = await shards.all[old]?.lanes.finish({ grant, next: 'take' });
      expect(finished).toMatchObject({ kind: 'next', grant: { head: { id: 'm2' } } });
    });

    it.each(['waited', 'was delayed'])(
      'know an event again that %s in the old shard',
      async (how) => {
        const delayMs = how === 'waited' ? 0 : 1_000;
        await queue.add(event('m1'), { delayMs });
        await begin();
        movable.now += 2_000;
        await shards.all[old]?.lanes.sweep(10);
        movable.now += 2_000;
        for (const { lanes } of shards.all) await lanes.sweep(10);
        expect(await drainIn(shards, how === 'waited' ? old : fresh, lane)).toEqual(['m1']);
        expect(await queue.add(event('m1'))).toBe('duplicate');
        expect(await queue.add(event('m1'), { delayMs: 5 })).toBe('duplicate');
        expect(await queue.add(event('m2'))).toBe('accepted');
        expect(await queue.add(event('m2'))).toBe('duplicate');
        expect(await queue.add(event('m2'), { delayMs: 5 })).toBe('duplicate');
      },
    );

    it('wait where they are for confirmations and for another attempt', async () => {
      for (const place of [old, fresh]) {
        const { lanes } = shards.all[place] ?? {};
        await queue.add(event(`m${place}`));
        const grant = granted((await lanes?.take({ lane, mostLost: 9 })) ?? { kind: 'empty' });
        await lanes?.journal({ grant, step: 'greet', state: 'sending' });
        await lanes?.retry({ grant, delayMs: 60_000, countAttempt: true, ran: true });
        expect(await queue.hasten(lane)).toBe(1);
        const stepId = `m${place}/greet`;
        expect(await queue.confirmStep({ lane, stepId, result: 1 })).toBe(true);
        expect(await queue.lane(lane)).toMatchObject({ events: 1, steps: { greet: 'done' } });
        expect((await queue.events(lane)).map(({ id }) => id)).toEqual([`m${place}`]);
        expect(await drainIn(shards, place, lane)).toEqual([`m${place}`]);
        await begin();
      }
    });

    it('are forgotten in both places', async () => {
      await queue.add([event('m1'), event('other', { lane: staying })]);
      await queue.add(event('later'), { delayMs: 60_000 });
      await begin();
      expect(await queue.forget([lane])).toBe(2);
      await queue.add(event('m2'));
      await queue.add(event('later too'), { delayMs: 60_000 });
      expect(await queue.forget([lane])).toBe(2);
      expect(await queue.figures()).toMatchObject({ waitingEvents: 1, delayedEvents: 0 });
    });

    describe('with delayed events', () => {
      beforeEach(async () => {
        await queue.add(event('later'), { delayMs: 60_000 });
        await queue.add(event('stays', { lane: staying }), { delayMs: 60_000 });
      });

      /** What is due in a shard, put into its lane. */
      async function sweepAt(place: number): Promise<void> {
        await shards.all[place]?.lanes.sweep(10);
      }

      it('take them along', async () => {
        await begin();
        movable.now += 60_000;
        await sweepAt(fresh);
        expect(await drainIn(shards, fresh, lane)).toEqual(['later']);
      });

      it('take along what comes due before anybody brought it', async () => {
        await queue.add(event('m1'));
        await begin();
        expect(await drainIn(shards, old, lane)).toEqual(['m1']);
        movable.now += 60_000;
        await sweepAt(old);
        expect(await drainIn(shards, old, lane)).toEqual([]);
        movable.now += 2_000;
        await sweepAt(fresh);
        expect(await drainIn(shards, fresh, lane)).toEqual(['later']);
      });

      it('take along at once what is due beyond what one sweep takes', async () => {
        await queue.add([event('m1'), event('m2', { lane: staying })]);
        await queue.add(event('later too'), { delayMs: 60_000 });
        await begin();
        await drainIn(shards, old, lane);
        movable.now += 60_000;
        let sweeps = 1;
        while ((await shards.all[old]?.lanes.sweep(1))?.nextDueMs === 0) sweeps += 1;
        expect(sweeps).toBeGreaterThan(2);
        movable.now += 2_000;
        await sweepAt(fresh);
        expect(await drainIn(shards, fresh, lane)).toHaveLength(2);
      });

      it('put what comes due behind events that wait in the old shard', async () => {
        await queue.add(event('m1'));
        await begin();
        movable.now += 60_000;
        await sweepAt(old);
        expect(await drainIn(shards, old, lane)).toEqual(['m1', 'later']);
      });

      it('leave those of lanes that stay alone', async () => {
        await begin();
        movable.now += 60_000;
        const place = shardOf(staying, change.next);
        await sweepAt(place);
        expect(await drainIn(shards, place, staying)).toEqual(['stays']);
      });

      it('keep more of them where they are, and then where they go', async () => {
        await queue.add(event('m1'));
        await begin();
        await queue.add(event('here'), { delayMs: 60_000 });
        await drainIn(shards, old, lane);
        await queue.add(event('there'), { delayMs: 60_000 });
        const delayed = async (place: number) =>
          (await movable.openMoving(change)[place]?.moves.kept('delayed', '0'))?.items
            .filter((kept) => kept.lane === lane)
            .map(
              (kept) => (JSON.parse(kept.event) as string[]).at(-1)?.match(/\d+ \d+ (\w+)/)?.[1],
            );
        expect(new Set(await delayed(old))).toEqual(new Set(['later', 'here']));
        expect(await delayed(fresh)).toEqual(['there']);
      });

      it('cancel them in either place', async () => {
        expect(await queue.cancel({ id: 'later', lane })).toBe(true);
        await queue.add(event('later'), { delayMs: 60_000 });
        movable.now += 20_000;
        await begin();
        expect(await queue.cancel({ id: 'later', lane })).toBe(true);
        expect(await queue.cancel({ id: 'later', lane })).toBe(false);
        expect(await queue.add(event('later'), { delayMs: 60_000 })).toBe('accepted');
      });

      /** As somebody sees it who is about to bring it, once its lane has left. */
      async function lookAtTimer(): Promise<() => Promise<boolean>> {
        const all = movable.openMoving(change);
        const [from, to] = [all[old], all[fresh]];
        if (!from || !to) throw new Error('there are such shards');
        await queue.add(event('m1'));
        await begin();
        await drainIn(shards, old, lane);
        const { items } = await from.moves.kept('delayed', '0');
        const kept = items.find((each) => each.lane === lane);
        if (!kept) throw new Error('it is delayed');
        return () => carry(kept, from, to);
      }

      it('do not bring one that was cancelled meanwhile, and its id may be used again', async () => {
        const bring = await lookAtTimer();
        await queue.cancel({ id: 'later', lane });
        expect(await bring()).toBe(false);
        expect((await queue.figures()).delayedEvents).toBe(1);
        expect(await queue.add(event('later'), { delayMs: 60_000 })).toBe('accepted');
        expect(await bring()).toBe(false);
        expect((await queue.figures()).delayedEvents).toBe(2);
      });

      it('do not bring one that was forgotten meanwhile', async () => {
        const bring = await lookAtTimer();
        await queue.forget([lane]);
        expect(await bring()).toBe(false);
        expect((await queue.figures()).delayedEvents).toBe(1);
      });

      it('bring one once, however many bring it', async () => {
        const bring = await lookAtTimer();
        expect(await Promise.all([bring(), bring()])).toEqual([true, true]);
        movable.now += 62_000;
        await sweepAt(fresh);
        expect(await drainIn(shards, fresh, lane)).toEqual(['later']);
        expect(await bring()).toBe(true);
        movable.now += 5_000;
        await sweepAt(fresh);
        expect(await drainIn(shards, fresh, lane)).toEqual([]);
      });
    });
  },
);
