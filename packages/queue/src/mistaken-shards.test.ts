import { startRedis, type RedisServer } from '@bot/dev';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UnavailableError } from './errors.ts';
import { shardOf } from './keys.ts';
import { event as eventOf, granted } from './lanes.test-setup.ts';
import { drainIn, lanesThat } from './moves.test-setup.ts';
import type { Queue } from './queue.ts';
import { createQueue } from './redis-queue.ts';
import { createShardMove } from './redis-shard-move.ts';
import { createRedisShards } from './redis-shards.ts';
import { connectRedis, type RedisConnection } from './redis.ts';
import type { ShardChange } from './shards.ts';

const change = { count: 2, next: 3 };
const lanes = [...lanesThat('move', change), ...lanesThat('stay', change)];
const [lane = ''] = lanes;

describe('a process that is mistaken about the number of shards', () => {
  let server: RedisServer;
  let redis: RedisConnection;
  let prefix = '';
  beforeAll(async () => {
    server = await startRedis();
    redis = connectRedis({ url: server.url, role: 'worker' });
  });
  afterAll(async () => {
    redis.disconnect();
    await server.close();
  });
  beforeEach(() => void (prefix = `test-${Math.random()}`));

  const open = (shards: number | ShardChange): Queue => createQueue({ redis, prefix, shards });
  const event = (id: string, of = lane) => eventOf(id, { lane: of });
  const advance = (shards: ShardChange = change, seenMs = 0) =>
    createShardMove({ redis, prefix, shards, seenMs }).advance();
  const begin = () => advance(change, 60_000);

  it.each([
    ['had the old number when the move began', 2, begin],
    ['has the old number when the move is over', 2, advance],
    ['has the new number before the move is over', 3, begin],
    ['knows of an earlier move', { count: 1, next: 2 }, begin],
    ['knows of another move', { count: 2, next: 4 }, begin],
  ] as const)('puts nothing anywhere when it %s', async (_, shards, move) => {
    const mistaken = open(shards);
    await move();
    for (const each of lanes) {
      const outcome = mistaken.add(event('m1', each));
      await expect(outcome).rejects.toThrow(UnavailableError);
      await expect(outcome).rejects.toThrow('LAYOUT The number of shards is');
      await expect(mistaken.add(event('m2', each), { delayMs: 9 })).rejects.toThrow('LAYOUT');
    }
    expect(await open(change).figures()).toMatchObject({ waitingEvents: 0, delayedEvents: 0 });
    expect(await open(change).add(event('m1'))).toBe('accepted');
  });

  it('says of nothing that it was forgotten, confirmed, replayed or dropped', async () => {
    const mistaken = open(2);
    await mistaken.add(event('dead'));
    const { all } = createRedisShards({ redis, prefix, shards: 2 }, 'somebody');
    const old = all[shardOf(lane, 2)];
    const grant = granted((await old?.lanes.take({ lane, mostLost: 9 })) ?? { kind: 'empty' });
    await old?.lanes.finish({ grant, deadLetter: '[]', next: 'release' });
    await begin();
    const confirmation = { lane, stepId: 'm1/greet', result: 1 };
    await expect(mistaken.confirmStep(confirmation)).rejects.toThrow('LAYOUT');
    await expect(mistaken.forget([lane])).rejects.toThrow('LAYOUT');
    await expect(mistaken.deadLetters.replay('dead')).rejects.toThrow(UnavailableError);
    await expect(mistaken.deadLetters.drop('dead')).rejects.toThrow(UnavailableError);
    expect(await open(change).deadLetters.list()).toHaveLength(1);
  });

  it('puts nothing that is due into a lane, and handles those that it takes', async () => {
    const mistaken = createRedisShards({ redis, prefix, shards: 2, seenMs: 60_000 }, 'mistaken');
    const place = shardOf(lane, 2);
    await open(2).add([event('m1'), event('m2')]);
    await open(2).add(event('later'), { delayMs: 0.01 });
    await begin();
    await expect(mistaken.all[place]?.lanes.sweep(10)).rejects.toThrow('LAYOUT');
    expect(await drainIn(mistaken, place, lane)).toEqual(['m1', 'm2']);
  });

  it('is told that it is, by the script that was refused', async () => {
    const { promise: told, resolve: onFinding } = Promise.withResolvers<unknown>();
    const shards = 2;
    const queue = { prefix, shards };
    const connection = connectRedis({
      url: server.url,
      role: 'worker',
      queue,
      onFinding: (finding) => finding.kind === 'refused' && onFinding(finding),
    });
    const mistaken = createQueue({ redis: connection, ...queue });
    await mistaken.add(event('m1'));
    await begin();
    await expect(mistaken.add(event('m2'))).rejects.toThrow('LAYOUT');
    expect(await told).toMatchObject({
      message: expect.stringContaining('number of shards is 2 and becomes 3, not 2') as string,
    });
    connection.disconnect();
  });

  it('is not whoever finds what an earlier move has left in a shard', async () => {
    const earlier = [
      { count: 1, next: 4 },
      { count: 4, next: 2 },
      { count: 2, next: 3 },
    ];
    for (const each of earlier) expect(await advance(each)).toEqual({ kind: 'over' });
    const last = { count: 3, next: 4 };
    const shards = createRedisShards({ redis, prefix, shards: last });
    for (const shard of shards.all) await shard.lanes.sweep(10);
    await advance(last, 60_000);
    for (const each of lanesThat('move', last)) {
      expect(await open(last).add(event(`m ${each}`, each))).toBe('accepted');
      expect(await drainIn(shards, shardOf(each, 4), each)).toEqual([`m ${each}`]);
    }
  });
});
