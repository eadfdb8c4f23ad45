import { describe, expect, it } from 'vitest';
import { InputError } from './errors.ts';
import { shardOf } from './keys.ts';
import { event as eventOf, granted, stores } from './lanes.test-setup.ts';
import { drainIn, lanesThat, SEEN_MS, useMovableShards } from './moves.test-setup.ts';
import { useRealRedis } from './queues.test-setup.ts';
import { createShardMove, inspectShards } from './redis-shard-move.ts';

const change = { count: 2, next: 3 };
const back = { count: 3, next: 2 };
const [lane = '', other = ''] = lanesThat('move', change);
const [staying = ''] = lanesThat('stay', change);
const event = (id: string) => eventOf(id, { lane });

describe.each(stores)('a move to another number of shards in %s', (store) => {
  const movable = useMovableShards(store);

  it('tells what is still in an old shard', async () => {
    const queue = movable.openQueue(change);
    const shards = movable.open(change);
    const { lanes } = shards.all[shardOf(lane, 2)] ?? {};
    await queue.add([event('dead'), event('m1'), eventOf('m2', { lane: other })]);
    await queue.add(eventOf('m3', { lane: staying }));
    await queue.add(event('later'), { delayMs: 5_000 });
    const grant = granted((await lanes?.take({ lane, mostLost: 9 })) ?? { kind: 'empty' });
    await lanes?.finish({ grant, deadLetter: '[]', next: 'release' });
    const move = movable.move(change);
    const moving = { kind: 'moving', lanes: 2, delayedEvents: 1, deadLetters: 1 };
    expect(await move.advance()).toEqual(moving);
    await drainIn(shards, shardOf(lane, 2), lane);
    expect(await move.advance()).toMatchObject({ lanes: 1, delayedEvents: 0, deadLetters: 0 });
    await drainIn(shards, shardOf(other, 2), other);
    expect(await move.advance()).toEqual({ kind: 'remembering', leftMs: SEEN_MS });
  });

  it('is over once no event is known to the old shards alone', async () => {
    const move = movable.move(change);
    expect(await move.advance()).toEqual({ kind: 'remembering', leftMs: SEEN_MS });
    movable.now += SEEN_MS - 1;
    expect(await move.advance()).toEqual({ kind: 'remembering', leftMs: 1 });
    movable.now += 1;
    expect(await move.advance()).toEqual({ kind: 'over' });
    expect(await move.advance()).toEqual({ kind: 'over' });
  });

  it('can be made back, and once more', async () => {
    for (const each of [change, back, change]) {
      const queue = movable.openQueue(each);
      const from = shardOf(lane, each.count);
      await queue.add(event(`before ${movable.now}`));
      // Had it begun by itself, because of the move before, the lane would have left.
      expect(await drainIn(movable.open(each), from, lane)).toHaveLength(1);
      const move = movable.move(each);
      await move.advance();
      movable.now += SEEN_MS;
      expect(await move.advance()).toEqual({ kind: 'over' });
      await movable.openQueue(each.next).add(event(`after ${movable.now}`));
      expect(await drainIn(movable.open(each), shardOf(lane, each.next), lane)).toHaveLength(1);
    }
  });

  it('is not begun from a number that the lanes do not have', async () => {
    await movable.move(change).advance();
    const mistaken = movable.move({ count: 2, next: 4 }).advance();
    await expect(mistaken).rejects.toThrow(InputError);
    await expect(mistaken).rejects.toThrow('are spread over 2>3');
  });

  it('brings everything once, though several advance it at once', async () => {
    const queue = movable.openQueue(change);
    const shards = movable.open(change);
    const old = shardOf(lane, 2);
    const { lanes } = shards.all[old] ?? {};
    await queue.add(event('dead'));
    const grant = granted((await lanes?.take({ lane, mostLost: 9 })) ?? { kind: 'empty' });
    await lanes?.finish({ grant, deadLetter: '[]', next: 'release' });
    const timers = Array.from({ length: 20 }, (_, index) => `later-${index}`);
    for (const id of timers) await queue.add(event(id), { delayMs: 5_000 });
    const several = Array.from({ length: 4 }, () => movable.move(change).advance());
    const swept = shards.all.map((shard) => shard.lanes.sweep(10));
    const said = await Promise.all(several);
    await Promise.all(swept);
    expect(new Set(said.map(({ kind }) => kind))).toEqual(new Set(['remembering']));
    expect(await queue.figures()).toMatchObject({ delayedEvents: 20, deadLetters: 1 });
    movable.now += 7_000;
    for (const shard of shards.all) await shard.lanes.sweep(100);
    expect(await queue.deadLetters.replay('dead')).toBe(true);
    expect(await drainIn(shards, old, lane)).toEqual([]);
    const handled = await drainIn(shards, shardOf(lane, 3), lane);
    expect(handled.toSorted()).toEqual(['dead', ...timers].toSorted());
  });

  it('begins again in a shard that has forgotten it', async () => {
    const move = movable.move(change);
    const { moves } = movable.openMoving(change)[shardOf(lane, 2)] ?? {};
    expect(await move.advance()).toMatchObject({ kind: 'remembering' });
    await moves?.layout('2', ['2>3', `2>3@${movable.now}`]);
    await movable.openQueue(change).add(event('m1'));
    expect(await move.advance()).toMatchObject({ kind: 'moving', lanes: 1 });
  });

  it('stops between two parts', async () => {
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(movable.move(change).advance(signal)).rejects.toThrow('stopped');
  });
});

describe('the number of shards in Redis', () => {
  const real = useRealRedis();

  it('is written down by the first process, and others must have the same', async () => {
    const { redis } = real;
    const prefix = real.newPrefix();
    const inspect = (shards: number | typeof change) => inspectShards(redis, { prefix, shards });
    const refused = (truth: string, mine: string) => [
      {
        kind: 'refused',
        message: `The queue's number of shards is ${truth}, not ${mine}: set it so. Another number needs a move.`,
      },
    ];
    expect(await inspect(2)).toEqual([]);
    expect(await inspect(2)).toEqual([]);
    expect(await inspect(3)).toEqual(refused('2', '3'));
    expect(await inspect(change)).toEqual([]);
    expect(await inspect({ count: 4, next: 5 })).toEqual(refused('2', '4>5'));
    const move = createShardMove({ redis, prefix, shards: change, seenMs: 0 });
    expect(await move.advance()).toEqual({ kind: 'over' });
    expect(await inspect(3)).toEqual([]);
    expect(await inspect(change)).toEqual([]);
    expect(await inspect(2)).toEqual(refused('3', '2'));
  });

  it('is neither the old one nor the new one while lanes move', async () => {
    const { redis } = real;
    const prefix = real.newPrefix();
    await createShardMove({ redis, prefix, shards: change }).advance();
    expect(await inspectShards(redis, { prefix, shards: change })).toEqual([]);
    for (const shards of [2, 3]) {
      expect(await inspectShards(redis, { prefix, shards })).toMatchObject([
        { kind: 'refused', message: expect.stringContaining('is 2 and becomes 3, not') as string },
      ]);
    }
  });
});
