import { describe, expect, it } from 'vitest';
import { event, granted, useRealLanes } from './real-lanes.test-setup.ts';

const real = useRealLanes();

describe('a step in the journal', () => {
  it('says since when it is being tried, also once nobody knows of it, and what was rejected', async () => {
    await real.lanes.accept(event('a'));
    const grant = granted(await real.take('ann'));
    await real.lanes.journal({ grant, step: 'one', state: 'sending' });
    await real.lanes.journal({ grant, step: 'two', state: 'sending' });
    await real.lanes.journal({ grant, step: 'two', state: 'rejected Refused' });
    await real.lanes.journal({ grant, step: 'three', state: 'sending' });
    const begun = real.now;
    real.now += 2_000;
    await real.lanes.journal({ grant, step: 'three', state: 'unknown' });
    real.now += 2_000;
    const again = granted(await real.take('ann'));
    expect(Object.fromEntries(again.steps)).toEqual({
      one: `sending ${begun}`,
      two: 'rejected Refused',
      three: `unknown ${begun}`,
    });
    expect(again.at).toBe(real.now);
  });

  it('stays done, whatever is written later', async () => {
    await real.lanes.accept(event('a'));
    const grant = granted(await real.take('ann'));
    await real.lanes.journal({ grant, step: 's', state: 'done 1' });
    for (const state of ['sending', 'unknown', 'rejected x', 'done 2']) {
      const journaled = await real.lanes.journal({ grant, step: 's', state });
      expect(journaled).toEqual({ kind: 'done', state: 'done 1' });
    }
  });
});

describe('confirm', () => {
  const confirmation = { lane: 'ann', eventId: 'a', step: 's', state: 'done 1' };

  it('settles a step that is being tried, and no other', async () => {
    await real.lanes.accept(event('a'));
    const grant = granted(await real.take('ann'));
    expect(await real.lanes.confirm(confirmation)).toBe('not-waiting');
    await real.lanes.journal({ grant, step: 's', state: 'sending' });
    expect(await real.lanes.confirm({ ...confirmation, eventId: 'b' })).toBe('not-waiting');
    expect(await real.lanes.confirm({ ...confirmation, step: 't' })).toBe('not-waiting');
    expect(await real.lanes.confirm({ ...confirmation, lane: 'bob' })).toBe('not-waiting');
    expect(await real.lanes.confirm(confirmation)).toBe('settled');
    expect(await real.lanes.confirm(confirmation)).toBe('not-waiting');
    real.now += 4_000;
    expect(granted(await real.take('ann')).steps.get('s')).toBe('done 1');
  });

  it('wakes a lane that was given back to wait for it', async () => {
    await real.lanes.accept(event('a'));
    const grant = granted(await real.take('ann'));
    await real.lanes.journal({ grant, step: 's', state: 'sending' });
    await real.lanes.retry({ grant, delayMs: 5_000, countAttempt: false, ran: true });
    expect(await real.take('ann')).toEqual({ kind: 'not-due' });
    expect(await real.lanes.confirm(confirmation)).toBe('wake');
    expect(granted(await real.take('ann')).steps.get('s')).toBe('done 1');
  });
});
