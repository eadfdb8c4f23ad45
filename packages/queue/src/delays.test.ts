import { describe, expect, it } from 'vitest';
import { drain, event, granted, stores, useShard } from './lanes.test-setup.ts';

describe.each(stores)('a delayed event in %s', (store) => {
  const shard = useShard(store);
  const delay = (id: string, delayMs: number, more = {}): Promise<string> =>
    shard.lanes.delay({ event: event(id, more), delayMs });

  it('stays out of its lane until a sweep finds that its time has come', async () => {
    expect(await delay('a', 5_000)).toBe('accepted');
    expect(await shard.take('ann')).toEqual({ kind: 'empty' });
    expect(await shard.lanes.sweep(10)).toEqual({ woken: [], found: [], nextDueMs: 5_000 });
    shard.now += 4_999;
    expect(await shard.lanes.sweep(10)).toEqual({ woken: [], found: [], nextDueMs: 1 });
    shard.now += 1;
    expect(await shard.lanes.sweep(10)).toEqual({
      woken: ['ann'],
      found: [],
      nextDueMs: undefined,
    });
    const { head } = granted(await shard.take('ann'));
    expect(head).toEqual(event('a', { timestamp: 1_005_000 }));
  });

  it('takes its place by the time it is due', async () => {
    await delay('second', 5_000);
    await shard.lanes.accept(event('first'));
    await shard.lanes.accept(event('third', { timestamp: shard.now + 9_000 }));
    shard.now += 5_000;
    expect((await shard.lanes.sweep(10)).woken).toEqual([]);
    expect(await drain(shard)).toEqual(['first', 'second', 'third']);
  });

  it('waits for a fraction of a millisecond as for a whole one', async () => {
    await delay('a', 0.25);
    expect((await shard.lanes.sweep(10)).nextDueMs).toBe(1);
  });

  it('comes into its lane in the order of times, so many at a time', async () => {
    await delay('c', 300);
    await delay('a', 100);
    await delay('b', 200);
    shard.now += 1_000;
    expect(await shard.lanes.sweep(2)).toMatchObject({ woken: ['ann'], nextDueMs: 0 });
    expect(await shard.lanes.figures()).toMatchObject({ waitingEvents: 2, delayedEvents: 1 });
    expect(await drain(shard)).toEqual(['a', 'b']);
    expect((await shard.lanes.sweep(2)).woken).toEqual(['ann']);
    expect(await drain(shard)).toEqual(['c']);
  });

  it('is known while it waits, and after it came due', async () => {
    await delay('a', 5_000);
    const duplicate = { outcome: 'duplicate', wake: false };
    expect(await delay('a', 1)).toBe('duplicate');
    expect(await shard.lanes.accept(event('a'))).toEqual(duplicate);
    shard.now += 5_000;
    await shard.lanes.sweep(10);
    await drain(shard);
    expect(await shard.lanes.accept(event('a'))).toEqual(duplicate);
    expect(await delay('a', 1)).toBe('duplicate');
  });

  it('is not pushed out by one of its id that carries another time', async () => {
    await delay('a', 5_000, { data: 'first' });
    expect(await delay('a', 9_000, { data: 'second', timestamp: 500_000 })).toBe('duplicate');
    shard.now += 5_000;
    await shard.lanes.sweep(10);
    expect(granted(await shard.take('ann')).head.data).toBe('first');
  });

  it('never was, once it is cancelled', async () => {
    await delay('a', 5_000);
    expect(await shard.lanes.cancel('a')).toBe(true);
    expect(await shard.lanes.cancel('a')).toBe(false);
    shard.now += 5_000;
    expect(await shard.lanes.sweep(10)).toMatchObject({ woken: [], nextDueMs: undefined });
    expect(await delay('a', 1_000)).toBe('accepted');
    expect(await shard.lanes.cancel('a')).toBe(true);
    expect(await shard.lanes.accept(event('a'))).toEqual({ outcome: 'accepted', wake: true });
  });

  it('is not cancelled any more once it is in its lane', async () => {
    await delay('a', 1_000);
    shard.now += 1_000;
    await shard.lanes.sweep(10);
    expect(await shard.lanes.cancel('a')).toBe(false);
    expect(await drain(shard)).toEqual(['a']);
  });
});
