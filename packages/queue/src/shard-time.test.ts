import { beforeEach, describe, expect, it } from 'vitest';
import { event, granted, stores, useShard } from './lanes.test-setup.ts';

const HOUR_MS = 60 * 60 * 1_000;
const START = 100 * HOUR_MS;
/** How far a shard's time may lag. */
const LAG_MS = 100;

describe.each(stores)("a shard's time in %s", (store) => {
  const shard = useShard(store);
  let lanes = 0;

  /** As a new grant tells it. */
  async function time(): Promise<number> {
    const lane = `lane-${(lanes += 1)}`;
    await shard.lanes.accept(event(lane, { lane }));
    return granted(await shard.take(lane)).at;
  }

  beforeEach(() => {
    shard.now = START;
  });

  it('is that of the clock, as long as that goes on', async () => {
    for (const ms of [0, 1, 150, 5_000, HOUR_MS]) {
      shard.now += ms;
      expect(await time()).toBe(shard.now);
    }
  });

  it('goes on when the clock is set back', async () => {
    expect(await time()).toBe(START);
    shard.now -= HOUR_MS;
    expect(await time()).toBe(START);
    shard.now += 1_000;
    expect(await time()).toBe(START + 1_000);
    shard.now += 1_000;
    expect(await time()).toBe(START + 2_000);
    shard.now -= HOUR_MS;
    expect(await time()).toBe(START + 2_000);
  });

  it('is that of the clock again once that comes forward', async () => {
    await time();
    shard.now -= HOUR_MS;
    await time();
    shard.now += HOUR_MS + 5_000;
    expect(await time()).toBe(START + 5_000);
    shard.now += 1_000;
    expect(await time()).toBe(START + 6_000);
  });

  it('is not put ahead by a clock that comes forward nearly all the way', async () => {
    await time();
    shard.now -= HOUR_MS;
    await time();
    shard.now += HOUR_MS - 50;
    expect(await time()).toBe(START);
    shard.now += 1_000;
    expect(await time()).toBe(shard.now);
  });

  it('makes no lease longer when the clock is set back', async () => {
    await shard.lanes.accept(event('a'));
    await shard.take('ann');
    shard.now -= HOUR_MS;
    expect(await shard.take('ann')).toEqual({ kind: 'busy' });
    shard.now += 3_999;
    expect(await shard.take('ann')).toEqual({ kind: 'busy' });
    shard.now += 1 + LAG_MS;
    expect(granted(await shard.take('ann')).attempt).toBe(2);
  });

  it('makes no pause longer when the clock is set back, and no delay', async () => {
    await shard.lanes.accept(event('a'));
    const grant = granted(await shard.take('ann'));
    await shard.lanes.retry({ grant, delayMs: 5_000, countAttempt: true, ran: true });
    await shard.lanes.delay({ event: event('b', { lane: 'bob' }), delayMs: 5_000 });
    shard.now -= HOUR_MS;
    expect(await shard.take('ann')).toEqual({ kind: 'not-due' });
    shard.now += 5_000 + LAG_MS;
    expect(granted(await shard.take('ann')).attempt).toBe(2);
    expect((await shard.lanes.sweep(10)).woken).toEqual(['bob']);
  });

  it('finds forgotten lanes in time though the clock is set back', async () => {
    await shard.lanes.accept(event('a'));
    shard.now -= HOUR_MS;
    expect((await shard.lanes.sweep(10)).found).toEqual([]);
    shard.now += 2_000 + LAG_MS;
    expect((await shard.lanes.sweep(10)).found).toEqual(['ann']);
  });
});
