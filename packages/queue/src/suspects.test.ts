import { describe, expect, it } from 'vitest';
import type { Grant } from './lanes.ts';
import { event, granted, stores, useShard } from './lanes.test-setup.ts';

describe.each(stores)('an event whose attempts end without a word, in %s', (store) => {
  const shard = useShard(store);

  /** Takes the lane and lets the lease run out, so many times; answers the last grant. */
  async function lose(times: number): Promise<Grant> {
    let last: Grant | undefined;
    for (let time = 0; time < times; time += 1) {
      last = granted(await shard.take('ann'));
      shard.now += 4_000;
    }
    if (!last) throw new Error('lose at least one attempt');
    return last;
  }

  it('makes its lane suspect to those who ask for fewer', async () => {
    await shard.lanes.accept(event('a'));
    expect((await lose(2)).lost).toBe(2);
    for (const mostLost of [0, 1]) {
      expect(await shard.lanes.take({ lane: 'ann', mostLost })).toEqual({
        kind: 'suspect',
        lost: 2,
      });
    }
    const grant = granted(await shard.lanes.take({ lane: 'ann', mostLost: 2 }));
    expect([grant.attempt, grant.lost]).toEqual([3, 3]);
  });

  it('is suspect no longer once a turn of it has ended', async () => {
    await shard.lanes.accept(event('a'));
    await lose(2);
    const grant = granted(await shard.take('ann'));
    await shard.lanes.retry({ grant, delayMs: 0, countAttempt: true, ran: true });
    const next = granted(await shard.lanes.take({ lane: 'ann', mostLost: 0 }));
    expect([next.attempt, next.lost]).toEqual([4, 1]);
  });

  it('stays suspect when it was given back without having run', async () => {
    await shard.lanes.accept(event('a'));
    await lose(2);
    const grant = granted(await shard.take('ann'));
    await shard.lanes.retry({ grant, delayMs: 0, countAttempt: false, ran: false });
    expect(await shard.lanes.take({ lane: 'ann', mostLost: 1 })).toEqual({
      kind: 'suspect',
      lost: 2,
    });
  });

  it('leaves no suspicion on the events behind it', async () => {
    await shard.lanes.accept(event('a'));
    await shard.lanes.accept(event('b'));
    const grant = await lose(3);
    await shard.lanes.renew(grant);
    const next = granted(await shard.lanes.finish({ grant, deadLetter: '[]', next: 'take' }));
    expect([next.head.id, next.lost, next.attempt]).toEqual(['b', 1, 1]);
    await shard.lanes.finish({ grant: next, next: 'take' });
    await shard.deadLetters.remove('replay', 'a');
    expect(granted(await shard.lanes.take({ lane: 'ann', mostLost: 0 })).attempt).toBe(1);
  });
});
