import { describe, expect, it } from 'vitest';
import { drain, event, granted, stores, useShard } from './lanes.test-setup.ts';

describe.each(stores)('lanes in %s', (store) => {
  const shard = useShard(store);

  describe('accept', () => {
    it('wakes a lane that was idle, and only then', async () => {
      expect(await shard.lanes.accept(event('a'))).toEqual({ outcome: 'accepted', wake: true });
      expect(await shard.lanes.accept(event('b'))).toEqual({ outcome: 'accepted', wake: false });
      expect(await shard.lanes.figures()).toMatchObject({ waitingLanes: 1, waitingEvents: 2 });
    });

    it('knows an event it has seen, also when it was handled long ago', async () => {
      await shard.lanes.accept(event('a'));
      await drain(shard);
      expect(await shard.lanes.accept(event('a'))).toEqual({ outcome: 'duplicate', wake: false });
      expect(await drain(shard)).toEqual([]);
    });

    it('wakes again for a duplicate that still waits: the first wake-up may be lost', async () => {
      await shard.lanes.accept(event('a'));
      expect(await shard.lanes.accept(event('a'))).toEqual({ outcome: 'duplicate', wake: true });
      await shard.take('ann');
      expect(await shard.lanes.accept(event('a'))).toEqual({ outcome: 'duplicate', wake: false });
    });

    it('keeps the order of arrival for events of the same time', async () => {
      await Promise.all(['a', 'b', 'c'].map((id) => shard.lanes.accept(event(id))));
      expect(await drain(shard)).toEqual(['a', 'b', 'c']);
    });

    it('puts a late event at its place, but never before a head whose turn may run', async () => {
      await shard.lanes.accept(event('two', { timestamp: 2_000 }));
      const grant = granted(await shard.take('ann'));
      await shard.lanes.accept(event('four', { timestamp: 4_000 }));
      await shard.lanes.accept(event('three', { timestamp: 3_000 }));
      await shard.lanes.accept(event('one', { timestamp: 1_000 }));
      const next = granted(await shard.lanes.finish({ grant, next: 'take' }));
      expect(next.head.id).toBe('one');
      await shard.lanes.finish({ grant: next, next: 'release' });
      expect(await drain(shard)).toEqual(['three', 'four']);
    });

    it('finds the place of a late event among hundreds', async () => {
      const times = Array.from({ length: 450 }, (_, index) => index * 10);
      for (const timestamp of times)
        await shard.lanes.accept(event(`e${timestamp}`, { timestamp }));
      await shard.lanes.accept(event('late', { timestamp: 555 }));
      await shard.lanes.accept(event('first', { timestamp: -5 }));
      const ids = await drain(shard);
      expect(ids[0]).toBe('first');
      expect(ids.indexOf('late')).toBe(ids.indexOf('e550') + 1);
      expect(ids).toHaveLength(452);
    });

    it('gives back what was put in, whatever the id and the data', async () => {
      const data = [null, 'Tạm biệt\n', { a: 1 }];
      const strange = event('m_1 2 ắ 😊', { data, timestamp: -7, trace: '00-ắ\n"-01' });
      await shard.lanes.accept(strange);
      expect(granted(await shard.take('ann')).head).toEqual(strange);
    });
  });

  describe('take', () => {
    it('grants a lane to one at a time, until the lease ends', async () => {
      await shard.lanes.accept(event('a'));
      const first = granted(await shard.take('ann'));
      shard.now += 3_999;
      expect(await shard.take('ann')).toEqual({ kind: 'busy' });
      shard.now += 1;
      const second = granted(await shard.take('ann'));
      expect(second.epoch).not.toBe(first.epoch);
      expect(second.attempt).toBe(2);
    });

    it('counts an attempt before it runs', async () => {
      await shard.lanes.accept(event('a'));
      const attempts: number[] = [];
      for (let crash = 0; crash < 3; crash += 1) {
        attempts.push(granted(await shard.take('ann')).attempt);
        shard.now += 4_000;
      }
      expect(attempts).toEqual([1, 2, 3]);
    });

    it('finds nothing in a lane that was emptied', async () => {
      await shard.lanes.accept(event('a'));
      await drain(shard);
      expect(await shard.take('ann')).toEqual({ kind: 'empty' });
      expect(await shard.lanes.figures()).toMatchObject({ waitingLanes: 0, waitingEvents: 0 });
    });

    it('grants many lanes of one tick in one call', async () => {
      const names = Array.from({ length: 20 }, (_, index) => `lane-${index}`);
      await Promise.all(names.map((lane) => shard.lanes.accept(event(`e-${lane}`, { lane }))));
      const taken = await Promise.all(names.map((lane) => shard.take(lane)));
      expect(taken.map((answer) => granted(answer).head.lane)).toEqual(names);
    });
  });

  describe('finish', () => {
    it('is refused to a worker whose lane went to another', async () => {
      await shard.lanes.accept(event('a'));
      const stale = granted(await shard.take('ann'));
      shard.now += 4_000;
      const fresh = granted(await shard.take('ann'));
      expect(await shard.lanes.finish({ grant: stale, next: 'take' })).toEqual({ kind: 'fenced' });
      expect(await shard.lanes.finish({ grant: fresh, next: 'take' })).toEqual({ kind: 'empty' });
    });

    it('is refused to a stale worker even after the lane was emptied and filled again', async () => {
      await shard.lanes.accept(event('a'));
      const stale = granted(await shard.take('ann'));
      shard.now += 4_000;
      await drain(shard);
      await shard.lanes.accept(event('b'));
      await shard.take('ann');
      expect(await shard.lanes.finish({ grant: stale, next: 'take' })).toEqual({ kind: 'fenced' });
    });

    it('removes no second event when it is sent twice', async () => {
      await shard.lanes.accept(event('a'));
      await shard.lanes.accept(event('b'));
      const grant = granted(await shard.take('ann'));
      await shard.lanes.finish({ grant, next: 'take' });
      const again = granted(await shard.lanes.finish({ grant, next: 'take' }));
      expect(again.head.id).toBe('b');
    });

    it('changes nothing of the next event when it is sent twice, even once the lease has ended', async () => {
      await shard.lanes.accept(event('a'));
      await shard.lanes.accept(event('b'));
      const grant = granted(await shard.take('ann'));
      const next = granted(await shard.lanes.finish({ grant, next: 'take' }));
      await shard.lanes.journal({ grant: next, step: 's', state: 'done 1' });
      shard.now += 4_000;
      expect(await shard.lanes.finish({ grant, next: 'take' })).toEqual({ kind: 'released' });
      expect((await shard.lanes.sweep(10)).found).toEqual(['ann']);
      const again = granted(await shard.take('ann'));
      expect([again.head.id, again.attempt, again.steps.get('s')]).toEqual(['b', 2, 'done 1']);
    });

    it('gives a lane back with its events and wakes it if nobody comes', async () => {
      await shard.lanes.accept(event('a'));
      await shard.lanes.accept(event('b'));
      const grant = granted(await shard.take('ann'));
      expect(await shard.lanes.finish({ grant, next: 'release' })).toEqual({ kind: 'released' });
      shard.now += 2_000;
      expect((await shard.lanes.sweep(10)).found).toEqual(['ann']);
      expect(await drain(shard)).toEqual(['b']);
    });

    it('gives a lane back whose lease has ended, with the event handled if nobody else took it', async () => {
      await shard.lanes.accept(event('a'));
      await shard.lanes.accept(event('b'));
      const grant = granted(await shard.take('ann'));
      shard.now += 4_000;
      expect(await shard.lanes.finish({ grant, next: 'take' })).toEqual({ kind: 'released' });
      expect(await drain(shard)).toEqual(['b']);
    });

    it('keeps the lease for the next event as long as it was', async () => {
      await shard.lanes.accept(event('a'));
      await shard.lanes.accept(event('b'));
      const grant = granted(await shard.take('ann'));
      shard.now += 3_000;
      granted(await shard.lanes.finish({ grant, next: 'take' }));
      expect((await shard.lanes.inspect('ann')).heldMs).toBe(1_000);
    });

    it('buries an event with its steps, which a replay gives back, however often', async () => {
      const strange = event('bad\n1', { data: 'Xin\nchào "/"', trace: '00-ab-01' });
      await shard.lanes.accept(strange);
      const states = [
        { note: 'done "một\\n/"', reply: 'sending' },
        { reply: 'unknown', extra: 'rejected no\nroom' },
      ];
      for (const steps of states) {
        const grant = granted(await shard.take('ann'));
        for (const [step, state] of Object.entries(steps)) {
          await shard.lanes.journal({ grant, step, state });
        }
        await shard.lanes.finish({ grant, deadLetter: '[]', next: 'take' });
        await shard.deadLetters.remove('replay', strange.id);
      }
      await shard.lanes.accept(event('good'));
      const { head, steps, attempt } = granted(await shard.take('ann'));
      expect(head).toEqual(strange);
      expect(attempt).toBe(1);
      expect(Object.fromEntries(steps)).toEqual({
        note: 'done "một\\n/"',
        reply: expect.stringMatching(/^unknown|^$/),
        extra: 'rejected no\nroom',
      });
    });

    it('buries an event once and goes on', async () => {
      await shard.lanes.accept(event('bad'));
      await shard.lanes.accept(event('good'));
      const grant = granted(await shard.take('ann'));
      const bury = { grant, deadLetter: '{"error":"x"}', next: 'take' } as const;
      expect(granted(await shard.lanes.finish(bury)).head.id).toBe('good');
      await shard.lanes.finish(bury);
      expect((await shard.lanes.figures()).deadLetters).toBe(1);
      expect((await shard.deadLetters.get('bad'))?.failures).toEqual({ error: 'x' });
    });
  });

  describe('retry', () => {
    it('holds the lane until its time, its new events behind the failed one', async () => {
      await shard.lanes.accept(event('a'));
      const grant = granted(await shard.take('ann'));
      await shard.lanes.journal({ grant, step: 'reply', state: 'done 1' });
      expect(
        await shard.lanes.retry({ grant, delayMs: 5_000, countAttempt: true, ran: true }),
      ).toBe(true);
      expect(await shard.lanes.accept(event('b'))).toEqual({ outcome: 'accepted', wake: false });
      shard.now += 4_999;
      expect(await shard.take('ann')).toEqual({ kind: 'not-due' });
      shard.now += 1;
      const again = granted(await shard.take('ann'));
      expect([again.head.id, again.attempt]).toEqual(['a', 2]);
      expect(again.steps.get('reply')).toBe('done 1');
    });

    it('can leave the attempt uncounted', async () => {
      await shard.lanes.accept(event('a'));
      const grant = granted(await shard.take('ann'));
      await shard.lanes.retry({ grant, delayMs: 0, countAttempt: false, ran: true });
      expect(granted(await shard.take('ann')).attempt).toBe(1);
    });

    it('changes nothing when it is sent twice', async () => {
      await shard.lanes.accept(event('a'));
      const grant = granted(await shard.take('ann'));
      await shard.lanes.retry({ grant, delayMs: 0, countAttempt: false, ran: true });
      expect(
        await shard.lanes.retry({ grant, delayMs: 9_000, countAttempt: false, ran: true }),
      ).toBe(false);
      expect(granted(await shard.take('ann')).attempt).toBe(1);
    });
  });

  describe('renew and journal', () => {
    it('lengthen and write only for who holds the lane', async () => {
      await shard.lanes.accept(event('a'));
      const stale = granted(await shard.take('ann'));
      shard.now += 3_000;
      expect(await shard.lanes.renew(stale)).toBe(true);
      shard.now += 3_999;
      expect(await shard.take('ann')).toEqual({ kind: 'busy' });
      shard.now += 1;
      const fresh = granted(await shard.take('ann'));
      expect(await shard.lanes.renew(stale)).toBe(false);
      const sending = { step: 's', state: 'sending' };
      expect(await shard.lanes.journal({ grant: stale, ...sending })).toEqual({ kind: 'fenced' });
      expect(await shard.lanes.journal({ grant: fresh, ...sending })).toMatchObject({
        kind: 'written',
      });
    });

    it('write nothing about the next event when a step ends after its turn', async () => {
      await shard.lanes.accept(event('a'));
      await shard.lanes.accept(event('b'));
      const grant = granted(await shard.take('ann'));
      await shard.lanes.journal({ grant, step: 's', state: 'sending' });
      const next = granted(await shard.lanes.finish({ grant, next: 'take' }));
      const late = await shard.lanes.journal({ grant, step: 's', state: 'done 1' });
      expect(late).toEqual({ kind: 'fenced' });
      const sending = { grant: next, step: 's', state: 'sending' };
      expect(await shard.lanes.journal(sending)).toEqual({ kind: 'written', behind: 0 });
      await shard.lanes.accept(event('c'));
      expect(await shard.lanes.journal(sending)).toEqual({ kind: 'written', behind: 1 });
      expect((await shard.lanes.inspect('ann')).steps).toEqual({ s: 'sending' });
    });
  });

  describe('sweep', () => {
    it('finds lanes whose wake-up was lost or whose worker died, each once a round', async () => {
      await shard.lanes.accept(event('a', { lane: 'lost' }));
      await shard.lanes.accept(event('b', { lane: 'died' }));
      await shard.take('died');
      expect((await shard.lanes.sweep(10)).found).toEqual([]);
      shard.now += 2_000;
      expect((await shard.lanes.sweep(10)).found).toEqual(['lost']);
      expect((await shard.lanes.sweep(10)).found).toEqual([]);
      shard.now += 2_000;
      expect((await shard.lanes.sweep(10)).found.toSorted()).toEqual(['died', 'lost']);
    });
  });
});
