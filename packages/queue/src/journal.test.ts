import { describe, expect, it } from 'vitest';
import { event, granted, stores, useShard } from './lanes.test-setup.ts';

describe.each(stores)('in %s', (store) => {
  const shard = useShard(store);

  describe('a step in the journal', () => {
    it('says since when it is being tried, also once nobody knows of it, and what was rejected', async () => {
      await shard.lanes.accept(event('a'));
      const grant = granted(await shard.take('ann'));
      await shard.lanes.journal({ grant, step: 'one', state: 'sending' });
      await shard.lanes.journal({ grant, step: 'two', state: 'sending' });
      await shard.lanes.journal({ grant, step: 'two', state: 'rejected Refused' });
      await shard.lanes.journal({ grant, step: 'three', state: 'sending' });
      const begun = shard.now;
      shard.now += 2_000;
      await shard.lanes.journal({ grant, step: 'three', state: 'unknown' });
      shard.now += 2_000;
      const again = granted(await shard.take('ann'));
      expect(Object.fromEntries(again.steps)).toEqual({
        one: `sending ${begun}`,
        two: 'rejected Refused',
        three: `unknown ${begun}`,
      });
      expect(again.at).toBe(shard.now);
    });

    it('stays done, whatever is written later', async () => {
      await shard.lanes.accept(event('a'));
      const grant = granted(await shard.take('ann'));
      await shard.lanes.journal({ grant, step: 's', state: 'done 1' });
      for (const state of ['sending', 'unknown', 'rejected x', 'done 2']) {
        const journaled = await shard.lanes.journal({ grant, step: 's', state });
        expect(journaled).toEqual({ kind: 'done', state: 'done 1' });
      }
    });
  });

  describe('confirm', () => {
    const confirmation = { lane: 'ann', eventId: 'a', step: 's', state: 'done 1' };

    it('settles a step that is being tried, and no other', async () => {
      await shard.lanes.accept(event('a'));
      const grant = granted(await shard.take('ann'));
      expect(await shard.lanes.confirm(confirmation)).toBe('not-waiting');
      await shard.lanes.journal({ grant, step: 's', state: 'sending' });
      expect(await shard.lanes.confirm({ ...confirmation, eventId: 'b' })).toBe('not-waiting');
      expect(await shard.lanes.confirm({ ...confirmation, step: 't' })).toBe('not-waiting');
      expect(await shard.lanes.confirm({ ...confirmation, lane: 'bob' })).toBe('not-waiting');
      expect(await shard.lanes.confirm(confirmation)).toBe('settled');
      expect(await shard.lanes.confirm(confirmation)).toBe('not-waiting');
      shard.now += 4_000;
      expect(granted(await shard.take('ann')).steps.get('s')).toBe('done 1');
    });

    it('wakes a lane that was given back to wait for it', async () => {
      await shard.lanes.accept(event('a'));
      const grant = granted(await shard.take('ann'));
      await shard.lanes.journal({ grant, step: 's', state: 'sending' });
      await shard.lanes.retry({ grant, delayMs: 5_000, countAttempt: false, ran: true });
      expect(await shard.take('ann')).toEqual({ kind: 'not-due' });
      expect(await shard.lanes.confirm(confirmation)).toBe('wake');
      expect(granted(await shard.take('ann')).steps.get('s')).toBe('done 1');
    });

    it.each(['unknown', 'rejected Refused'])('settles a step that is %s', async (state) => {
      await shard.lanes.accept(event('a'));
      const grant = granted(await shard.take('ann'));
      await shard.lanes.journal({ grant, step: 's', state: 'sending' });
      await shard.lanes.journal({ grant, step: 's', state });
      expect(await shard.lanes.confirm(confirmation)).toBe('settled');
      const again = await shard.lanes.journal({ grant, step: 's', state: 'sending' });
      expect(again).toEqual({ kind: 'done', state: 'done 1' });
    });

    it('wakes no lane that is ready as it is, or in the hands of a worker', async () => {
      await shard.lanes.accept(event('a'));
      const grant = granted(await shard.take('ann'));
      await shard.lanes.journal({ grant, step: 's', state: 'sending' });
      await shard.lanes.journal({ grant, step: 't', state: 'sending' });
      expect(await shard.lanes.confirm(confirmation)).toBe('settled');
      shard.now += 4_000;
      expect(await shard.lanes.confirm({ ...confirmation, step: 't' })).toBe('settled');
    });

    it('says nothing of the next event, though its step has the same name', async () => {
      await shard.lanes.accept(event('a'));
      await shard.lanes.accept(event('b'));
      const grant = granted(await shard.take('ann'));
      await shard.lanes.journal({ grant, step: 's', state: 'sending' });
      const next = granted(await shard.lanes.finish({ grant, next: 'take' }));
      await shard.lanes.journal({ grant: next, step: 's', state: 'sending' });
      expect(await shard.lanes.confirm(confirmation)).toBe('not-waiting');
    });
  });
});
