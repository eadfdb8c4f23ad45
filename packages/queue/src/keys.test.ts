import { describe, expect, it } from 'vitest';
import { seenMember, seenPlace, shardOf, shardPrefix } from './keys.ts';

describe('keys', () => {
  it('puts a shard under one hash tag', () => {
    expect(shardPrefix('bot', 3)).toBe('{bot:3}');
  });

  it('spreads lanes evenly, and the same lane always to the same shard', () => {
    const counts = [0, 0, 0, 0];
    for (let index = 0; index < 4_000; index += 1) {
      const shard = shardOf(`100:${index}`, 4);
      expect(shardOf(`100:${index}`, 4)).toBe(shard);
      counts[shard] = (counts[shard] ?? 0) + 1;
    }
    for (const count of counts) expect(count).toBeGreaterThan(800);
  });

  it('remembers an id as a 64-bit integer in a set of its minute', () => {
    const place = { id: 'm_1', timestamp: 120_000 };
    const [set, member, path] = seenPlace(place);
    expect(set).toMatch(/^2:\d{1,2}:$/);
    expect(BigInt(member)).toBe(BigInt.asIntN(64, BigInt(member)));
    expect(path).toMatch(/^[0-9a-f]{4}$/);
    expect(seenPlace(place)).toEqual([set, member, path]);
    expect(seenMember('m_1')).toBe(member);
    expect(seenMember('m_2')).not.toBe(member);
  });
});
