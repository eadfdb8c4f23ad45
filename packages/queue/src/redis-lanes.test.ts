import { describe, expect, it } from 'vitest';
import { drain, event, granted, useRealShard } from './lanes.test-setup.ts';

const shard = useRealShard();

describe('lanes on Redis', () => {
  it('leave no key of a lane behind that was emptied', async () => {
    await shard.lanes.accept(event('a'));
    const grant = granted(await shard.take('ann'));
    await shard.lanes.journal({ grant, step: 's', state: 'sending' });
    shard.now += 4_000;
    await drain(shard);
    const keys = await shard.redis.keys(`${shard.prefix}:*`);
    expect(keys.filter((key) => /:(lane|ready|waiting)/.test(key))).toEqual([]);
  });

  it('keep all keys of a shard under its hash tag', async () => {
    await shard.lanes.accept(event('a'));
    await shard.lanes.delay({ event: event('b'), delayMs: 1_000 });
    const grant = granted(await shard.take('ann'));
    await shard.lanes.finish({ grant, deadLetter: '[]', next: 'take' });
    const before = await shard.redis.keys('*');
    expect(before.filter((key) => !/^\{test:\d+\}:/.test(key))).toEqual([]);
  });

  it('work on when Redis has forgotten the scripts', async () => {
    await shard.lanes.accept(event('a'));
    await shard.redis.script('FLUSH');
    expect(await drain(shard)).toEqual(['a']);
  });
});
