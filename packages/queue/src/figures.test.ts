import { beforeEach, describe, expect, it } from 'vitest';
import type { Grant } from './lanes.ts';
import { drain, event, granted, stores, useShard } from './lanes.test-setup.ts';

describe.each(stores)('in %s', (store) => {
  const shard = useShard(store);

  describe('figures', () => {
    it('are nothing of a shard that holds nothing', async () => {
      expect(await shard.lanes.figures()).toEqual({
        waitingLanes: 0,
        waitingEvents: 0,
        delayedEvents: 0,
        deadLetters: 0,
        oldestAgeMs: 0,
        turns: 0,
        retries: 0,
        dead: 0,
      });
    });

    it('count what is held, and what became of events', async () => {
      for (const id of ['a', 'b', 'c', 'd']) await shard.lanes.accept(event(id));
      await shard.lanes.accept(event('a'));
      await shard.lanes.accept(event('e', { lane: 'bob' }));
      await shard.lanes.delay({ event: event('f'), delayMs: 9_000 });

      const failed = granted(await shard.take('ann'));
      const how = { delayMs: 0, countAttempt: true, ran: true };
      await shard.lanes.retry({ grant: failed, ...how, failure: '{"attempt":1}' });
      const again = granted(await shard.take('ann'));
      await shard.lanes.retry({ grant: again, ...how });
      const dead = granted(await shard.take('ann'));
      const next = await shard.lanes.finish({ grant: dead, deadLetter: '[]', next: 'take' });
      await shard.lanes.finish({ grant: granted(next), next: 'release' });
      expect(await shard.lanes.figures()).toEqual({
        waitingLanes: 2,
        waitingEvents: 3,
        delayedEvents: 1,
        deadLetters: 1,
        oldestAgeMs: 0,
        turns: 1,
        retries: 1,
        dead: 1,
      });

      await shard.deadLetters.remove('replay', 'a');
      shard.now += 9_000;
      await shard.lanes.sweep(10);
      expect(await shard.lanes.figures()).toMatchObject({
        waitingEvents: 5,
        delayedEvents: 0,
        deadLetters: 0,
        dead: 1,
      });
      await drain(shard, 'ann');
      await drain(shard, 'bob');
      expect(await shard.lanes.figures()).toMatchObject({
        waitingLanes: 0,
        waitingEvents: 0,
        turns: 6,
      });
    });

    it('forget a dead letter that is dropped', async () => {
      await shard.lanes.accept(event('a'));
      const grant = granted(await shard.take('ann'));
      await shard.lanes.finish({ grant, deadLetter: '[]', next: 'take' });
      await shard.deadLetters.remove('drop', 'a');
      expect(await shard.lanes.figures()).toMatchObject({ deadLetters: 0, waitingEvents: 0 });
    });
  });

  describe('the age of the lane that waits longest for a worker', () => {
    const age = async (): Promise<number> => (await shard.lanes.figures()).oldestAgeMs;
    let grant: Grant;
    const give = (delayMs: number): Promise<boolean> =>
      shard.lanes.retry({ grant, delayMs, countAttempt: true, ran: true });

    beforeEach(async () => {
      await shard.lanes.accept(event('a'));
      await shard.lanes.accept(event('b'));
      shard.now += 700;
      grant = granted(await shard.take('ann'));
    });

    it('counts from when its first event came, until it is taken', async () => {
      expect(await age()).toBe(0);
      await shard.lanes.accept(event('c', { lane: 'bob' }));
      shard.now += 400;
      await shard.lanes.accept(event('d', { lane: 'bob' }));
      shard.now += 300;
      expect(await age()).toBe(700);
      await shard.take('bob');
      expect(await age()).toBe(0);
    });

    it('is that of the longest', async () => {
      await shard.lanes.accept(event('c', { lane: 'bob' }));
      shard.now += 100;
      await shard.lanes.accept(event('d', { lane: 'cid' }));
      shard.now += 100;
      expect(await age()).toBe(200);
    });

    it('does not count a lane that waits for its next attempt until that is due', async () => {
      await give(5_000);
      shard.now += 5_000;
      expect(await age()).toBe(0);
      shard.now += 300;
      expect(await age()).toBe(300);
    });

    it('begins anew when a lane is given back', async () => {
      await shard.lanes.finish({ grant, next: 'release' });
      shard.now += 300;
      expect(await age()).toBe(300);
    });

    it('counts the lane of a worker that died from when it is found', async () => {
      shard.now += 5_000;
      expect(await age()).toBe(0);
      await shard.lanes.sweep(10);
      shard.now += 2_500;
      await shard.lanes.sweep(10);
      expect(await age()).toBe(2_500);
    });

    it('counts a lane whose confirmation came from then on', async () => {
      await shard.lanes.journal({ grant, step: 's', state: 'sending' });
      await give(60_000);
      const confirmation = { lane: 'ann', eventId: 'a', step: 's', state: 'done 1' };
      expect(await shard.lanes.confirm(confirmation)).toBe('wake');
      shard.now += 300;
      expect(await age()).toBe(300);
    });

    it('does not count a lane that a sweep found while its worker stalled, and which then renews its lease', async () => {
      shard.now += 4_000;
      expect((await shard.lanes.sweep(10)).found).toEqual(['ann']);
      await shard.lanes.renew(grant);
      shard.now += 3_000;
      expect(await age()).toBe(0);
    });

    it('does not count a lane that a sweep found while its worker stalled, and which then is empty', async () => {
      grant = granted(await shard.lanes.finish({ grant, next: 'take' }));
      shard.now += 4_000;
      expect((await shard.lanes.sweep(10)).found).toEqual(['ann']);
      expect(await shard.lanes.finish({ grant, next: 'take' })).toEqual({ kind: 'empty' });
      shard.now += 3_000;
      expect(await age()).toBe(0);
    });
  });

  describe('one lane', () => {
    it('is nothing while it holds nothing', async () => {
      const nothing = { events: 0, attempts: 0, heldMs: 0, dueMs: 0, steps: {} };
      expect(await shard.lanes.inspect('ann')).toEqual(nothing);
    });

    it('tells its events, attempts, how long it is held or waits, and its steps', async () => {
      await shard.lanes.accept(event('a'));
      await shard.lanes.accept(event('b'));
      const grant = granted(await shard.take('ann'));
      const states = ['sending', 'unknown', 'rejected Refused', 'done {"mid":"m_1"}'];
      for (const [index, state] of states.entries()) {
        await shard.lanes.journal({ grant, step: `s${index}`, state: 'sending' });
        await shard.lanes.journal({ grant, step: `s${index}`, state });
      }
      shard.now += 1_500;
      const steps = { s0: 'sending', s1: 'unknown', s2: 'rejected', s3: 'done' };
      const inspected = { events: 2, attempts: 1, heldMs: 2_500, dueMs: 0, steps };
      expect(await shard.lanes.inspect('ann')).toEqual(inspected);
      await shard.lanes.retry({ grant, delayMs: 7_000, countAttempt: true, ran: true });
      expect(await shard.lanes.inspect('ann')).toEqual({ ...inspected, heldMs: 0, dueMs: 7_000 });
      shard.now += 7_000;
      await drain(shard);
      expect((await shard.lanes.inspect('ann')).steps).toEqual({});
    });
  });
});
