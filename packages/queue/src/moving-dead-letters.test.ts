import { beforeEach, describe, expect, it } from 'vitest';
import { shardOf } from './keys.ts';
import { event as eventOf, granted } from './lanes.test-setup.ts';
import { drainIn, lanesThat, movingSettings, useMovableShards } from './moves.test-setup.ts';
import { carry } from './moving-shards.ts';
import type { Queue } from './queue.ts';
import type { Shards } from './shards.ts';

describe.each(movingSettings)('dead letters that move to $next shards in $store', (setting) => {
  const { store, ...change } = setting;
  const movable = useMovableShards(store);
  const [lane = ''] = lanesThat('move', change);
  const old = shardOf(lane, change.count);
  const fresh = shardOf(lane, change.next);
  let shards: Shards;
  let queue: Queue;
  const event = (id: string, more = {}) => eventOf(id, { lane, ...more });
  const begin = () => movable.move(change).advance();

  beforeEach(async () => {
    shards = movable.open(change);
    queue = movable.openQueue(change);
    await queue.add(event('dead'));
    const { lanes } = shards.all[old] ?? {};
    const grant = granted((await lanes?.take({ lane, mostLost: 9 })) ?? { kind: 'empty' });
    await lanes?.journal({ grant, step: 'greet', state: 'done 1' });
    await lanes?.finish({ grant, deadLetter: '[]', next: 'take' });
  });

  it('are taken along, with their steps', async () => {
    await begin();
    const letter = await movable.openQueue(change.next).deadLetters.get('dead');
    expect(letter).toMatchObject({ steps: { greet: 'done' }, at: movable.now });
    expect((await queue.deadLetters.list()).length).toBe(1);
  });

  it('are replayed where they are going, brought or not', async () => {
    await queue.add(event('m1'));
    await begin();
    await drainIn(shards, old, lane);
    expect(await queue.deadLetters.replay('dead')).toBe(true);
    expect(await queue.deadLetters.replay('dead')).toBe(false);
    expect(await drainIn(shards, old, lane)).toEqual([]);
    expect(await drainIn(shards, fresh, lane)).toEqual(['dead']);
  });

  it('are replayed where their lane still is', async () => {
    await queue.add(event('m1', { timestamp: 5_000 }));
    await begin();
    expect(await queue.deadLetters.replay('dead')).toBe(true);
    expect(await drainIn(shards, old, lane)).toEqual(['dead', 'm1']);
  });

  it('are dropped in either place', async () => {
    expect(await queue.deadLetters.drop('dead')).toBe(true);
    expect(await queue.deadLetters.drop('dead')).toBe(false);
    await begin();
    expect((await queue.figures()).deadLetters).toBe(0);
  });

  it('are not brought when they were replayed while somebody looked at them', async () => {
    const all = movable.openMoving(change);
    const [from, to] = [all[old], all[fresh]];
    if (!from || !to) throw new Error('there are such shards');
    const kept = await from.moves.dead('dead');
    if (!kept) throw new Error('it is dead');
    await begin();
    await queue.deadLetters.replay('dead');
    expect(await carry(kept, from, to)).toBe(false);
    expect((await queue.figures()).deadLetters).toBe(0);
  });
});
