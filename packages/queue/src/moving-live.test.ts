import { startRedis, type RedisServer } from '@bot/dev';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fleet, SEEN_MS } from './model/fleet.test-setup.ts';
import { createShardMove } from './redis-shard-move.ts';
import { connectRedis } from './redis.ts';
import type { ShardChange } from './shards.ts';

describe('a queue under load that moves to another number of shards', () => {
  let server: RedisServer;
  let fleet: Fleet;
  beforeAll(async () => {
    server = await startRedis();
    fleet = new Fleet(server);
  });
  afterAll(async () => {
    await fleet.close();
    await server.close();
  });

  async function restartAll(shards: number | ShardChange): Promise<void> {
    for (const index of [0, 1]) {
      await fleet.restartWorker(index, shards);
      await fleet.seeHandled(100);
      await fleet.restartProducer(index, shards);
      await fleet.seeHandled(100);
    }
  }

  it('loses, repeats and reorders nothing, there and back', { timeout: 120_000 }, async () => {
    const redis = connectRedis({ url: server.url, role: 'worker' });
    for (const index of [0, 1]) {
      await fleet.restartProducer(index, 1);
      await fleet.restartWorker(index, 1);
    }
    fleet.produce();
    await fleet.seeHandled(200);
    for (const shards of [
      { count: 1, next: 4 },
      { count: 4, next: 2 },
    ]) {
      await restartAll(shards);
      const move = createShardMove({ redis, shards, seenMs: SEEN_MS });
      await expect
        .poll(async () => (await move.advance()).kind, { timeout: 30_000, interval: 100 })
        .toBe('over');
      await restartAll(shards.next);
    }
    await fleet.stop();
    await expect
      .poll(() => fleet.timers.rang.length, { timeout: 10_000 })
      .toBe(fleet.timers.set.length);
    await expect.poll(() => total(fleet.handled), { timeout: 10_000 }).toBe(total(fleet.accepted));
    redis.disconnect();
    expect(fleet.wrong).toEqual([]);
    expect(fleet.handled).toEqual(fleet.accepted);
    expect(fleet.timers.rang.toSorted()).toEqual(fleet.timers.set.toSorted());
    process.stdout.write(`moved with ${fleet.count} events\n`);
  });
});

const total = (lanes: ReadonlyMap<string, readonly string[]>): number =>
  [...lanes.values()].reduce((sum, ids) => sum + ids.length, 0);
