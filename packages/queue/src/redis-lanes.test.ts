import { describe, expect, it } from 'vitest';
import type { Finished, Taken } from './lanes.ts';
import { event, granted, useRealLanes } from './real-lanes.test-setup.ts';

const real = useRealLanes();

/** Handles all that waits in a lane and answers the ids in their order. */
async function drain(lane = 'ann'): Promise<string[]> {
  const ids: string[] = [];
  let answer: Taken | Finished = await real.take(lane);
  while (answer.kind === 'granted' || answer.kind === 'next') {
    ids.push(answer.grant.head.id);
    answer = await real.lanes.finish({ grant: answer.grant, next: 'take' });
  }
  return ids;
}

describe('accept', () => {
  it('wakes a lane that was idle, and only then', async () => {
    expect(await real.lanes.accept(event('a'))).toEqual({ outcome: 'accepted', wake: true });
    expect(await real.lanes.accept(event('b'))).toEqual({ outcome: 'accepted', wake: false });
    expect(await real.lanes.figures()).toMatchObject({ waitingLanes: 1, waitingEvents: 2 });
  });

  it('knows an event it has seen, also when it was handled long ago', async () => {
    await real.lanes.accept(event('a'));
    await drain();
    expect(await real.lanes.accept(event('a'))).toEqual({ outcome: 'duplicate', wake: false });
    expect(await drain()).toEqual([]);
  });

  it('wakes again for a duplicate that still waits: the first wake-up may be lost', async () => {
    await real.lanes.accept(event('a'));
    expect(await real.lanes.accept(event('a'))).toEqual({ outcome: 'duplicate', wake: true });
    await real.take('ann');
    expect(await real.lanes.accept(event('a'))).toEqual({ outcome: 'duplicate', wake: false });
  });

  it('keeps the order of arrival for events of the same time', async () => {
    await Promise.all(['a', 'b', 'c'].map((id) => real.lanes.accept(event(id))));
    expect(await drain()).toEqual(['a', 'b', 'c']);
  });

  it('puts a late event at its place, but never before a head whose turn may run', async () => {
    await real.lanes.accept(event('two', { timestamp: 2_000 }));
    const grant = granted(await real.take('ann'));
    await real.lanes.accept(event('four', { timestamp: 4_000 }));
    await real.lanes.accept(event('three', { timestamp: 3_000 }));
    await real.lanes.accept(event('one', { timestamp: 1_000 }));
    const next = granted(await real.lanes.finish({ grant, next: 'take' }));
    expect(next.head.id).toBe('one');
    await real.lanes.finish({ grant: next, next: 'release' });
    expect(await drain()).toEqual(['three', 'four']);
  });

  it('finds the place of a late event among hundreds', async () => {
    const times = Array.from({ length: 450 }, (_, index) => index * 10);
    for (const timestamp of times) await real.lanes.accept(event(`e${timestamp}`, { timestamp }));
    await real.lanes.accept(event('late', { timestamp: 555 }));
    await real.lanes.accept(event('first', { timestamp: -5 }));
    const ids = await drain();
    expect(ids[0]).toBe('first');
    expect(ids.indexOf('late')).toBe(ids.indexOf('e550') + 1);
    expect(ids).toHaveLength(452);
  });

  it('gives back what was put in, whatever the id and the data', async () => {
    const strange = event('m_1 2 ắ 😊', { data: [null, 'Tạm biệt\n', { a: 1 }], timestamp: -7 });
    await real.lanes.accept(strange);
    expect(granted(await real.take('ann')).head).toEqual(strange);
  });
});

describe('take', () => {
  it('grants a lane to one at a time, until the lease ends', async () => {
    await real.lanes.accept(event('a'));
    const first = granted(await real.take('ann'));
    real.now += 3_999;
    expect(await real.take('ann')).toEqual({ kind: 'busy' });
    real.now += 1;
    const second = granted(await real.take('ann'));
    expect(second.epoch).not.toBe(first.epoch);
    expect(second.attempt).toBe(2);
  });

  it('counts an attempt before it runs', async () => {
    await real.lanes.accept(event('a'));
    const attempts: number[] = [];
    for (let crash = 0; crash < 3; crash += 1) {
      attempts.push(granted(await real.take('ann')).attempt);
      real.now += 4_000;
    }
    expect(attempts).toEqual([1, 2, 3]);
  });

  it('finds nothing in a lane that was emptied', async () => {
    await real.lanes.accept(event('a'));
    await drain();
    expect(await real.take('ann')).toEqual({ kind: 'empty' });
    expect(await real.redis.keys(`${real.prefix}:lane*`)).toEqual([]);
  });

  it('grants many lanes of one tick in one call', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `lane-${index}`);
    await Promise.all(names.map((lane) => real.lanes.accept(event(`e-${lane}`, { lane }))));
    const taken = await Promise.all(names.map((lane) => real.take(lane)));
    expect(taken.map((answer) => granted(answer).head.lane)).toEqual(names);
  });
});

describe('finish', () => {
  it('is refused to a worker whose lane went to another', async () => {
    await real.lanes.accept(event('a'));
    const stale = granted(await real.take('ann'));
    real.now += 4_000;
    const fresh = granted(await real.take('ann'));
    expect(await real.lanes.finish({ grant: stale, next: 'take' })).toEqual({ kind: 'fenced' });
    expect(await real.lanes.finish({ grant: fresh, next: 'take' })).toEqual({ kind: 'empty' });
  });

  it('is refused to a stale worker even after the lane was emptied and filled again', async () => {
    await real.lanes.accept(event('a'));
    const stale = granted(await real.take('ann'));
    real.now += 4_000;
    await drain();
    await real.lanes.accept(event('b'));
    await real.take('ann');
    expect(await real.lanes.finish({ grant: stale, next: 'take' })).toEqual({ kind: 'fenced' });
  });

  it('removes no second event when it is sent twice', async () => {
    await real.lanes.accept(event('a'));
    await real.lanes.accept(event('b'));
    const grant = granted(await real.take('ann'));
    await real.lanes.finish({ grant, next: 'take' });
    const again = granted(await real.lanes.finish({ grant, next: 'take' }));
    expect(again.head.id).toBe('b');
  });

  it('gives a lane back with its events and wakes it if nobody comes', async () => {
    await real.lanes.accept(event('a'));
    await real.lanes.accept(event('b'));
    const grant = granted(await real.take('ann'));
    expect(await real.lanes.finish({ grant, next: 'release' })).toEqual({ kind: 'released' });
    real.now += 2_000;
    expect((await real.lanes.sweep(10)).found).toEqual(['ann']);
    expect(await drain()).toEqual(['b']);
  });

  it('buries an event once and goes on', async () => {
    await real.lanes.accept(event('bad'));
    await real.lanes.accept(event('good'));
    const grant = granted(await real.take('ann'));
    const bury = { grant, deadLetter: '{"error":"x"}', next: 'take' } as const;
    expect(granted(await real.lanes.finish(bury)).head.id).toBe('good');
    await real.lanes.finish(bury);
    expect((await real.lanes.figures()).deadLetters).toBe(1);
    expect(await real.redis.hget(`${real.prefix}:dead-letters`, 'bad')).toBe('{"error":"x"}');
  });
});

describe('retry', () => {
  it('holds the lane until its time, its new events behind the failed one', async () => {
    await real.lanes.accept(event('a'));
    const grant = granted(await real.take('ann'));
    await real.lanes.journal({ grant, step: 'reply', state: 'done 1' });
    expect(await real.lanes.retry({ grant, delayMs: 5_000, countAttempt: true, ran: true })).toBe(
      true,
    );
    expect(await real.lanes.accept(event('b'))).toEqual({ outcome: 'accepted', wake: false });
    real.now += 4_999;
    expect(await real.take('ann')).toEqual({ kind: 'not-due' });
    real.now += 1;
    const again = granted(await real.take('ann'));
    expect([again.head.id, again.attempt]).toEqual(['a', 2]);
    expect(again.steps.get('reply')).toBe('done 1');
  });

  it('can leave the attempt uncounted', async () => {
    await real.lanes.accept(event('a'));
    const grant = granted(await real.take('ann'));
    await real.lanes.retry({ grant, delayMs: 0, countAttempt: false, ran: true });
    expect(granted(await real.take('ann')).attempt).toBe(1);
  });

  it('changes nothing when it is sent twice', async () => {
    await real.lanes.accept(event('a'));
    const grant = granted(await real.take('ann'));
    await real.lanes.retry({ grant, delayMs: 0, countAttempt: false, ran: true });
    expect(await real.lanes.retry({ grant, delayMs: 9_000, countAttempt: false, ran: true })).toBe(
      false,
    );
    expect(granted(await real.take('ann')).attempt).toBe(1);
  });
});

describe('renew and journal', () => {
  it('lengthen and write only for who holds the lane', async () => {
    await real.lanes.accept(event('a'));
    const stale = granted(await real.take('ann'));
    real.now += 3_000;
    expect(await real.lanes.renew(stale)).toBe(true);
    real.now += 3_999;
    expect(await real.take('ann')).toEqual({ kind: 'busy' });
    real.now += 1;
    const fresh = granted(await real.take('ann'));
    expect(await real.lanes.renew(stale)).toBe(false);
    const sending = { step: 's', state: 'sending' };
    expect(await real.lanes.journal({ grant: stale, ...sending })).toEqual({ kind: 'fenced' });
    expect(await real.lanes.journal({ grant: fresh, ...sending })).toEqual({ kind: 'written' });
  });
});

describe('sweep', () => {
  it('finds lanes whose wake-up was lost or whose worker died, each once a round', async () => {
    await real.lanes.accept(event('a', { lane: 'lost' }));
    await real.lanes.accept(event('b', { lane: 'died' }));
    await real.take('died');
    expect((await real.lanes.sweep(10)).found).toEqual([]);
    real.now += 2_000;
    expect((await real.lanes.sweep(10)).found).toEqual(['lost']);
    expect((await real.lanes.sweep(10)).found).toEqual([]);
    real.now += 2_000;
    expect((await real.lanes.sweep(10)).found.toSorted()).toEqual(['died', 'lost']);
  });
});
