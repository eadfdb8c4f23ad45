import { describe, expect, it } from 'vitest';
import { shardsByPrimary, slotOf } from './slots.ts';

describe('the slot of a key', () => {
  it('is as the specification of Redis Cluster has it', () => {
    expect(slotOf('123456789')).toBe(0x31c3);
    // CLUSTER KEYSLOT {bot:0} and so on.
    expect([0, 1, 2, 3].map((shard) => slotOf(`bot:${shard}`))).toEqual([2214, 6279, 10468, 14533]);
  });
});

describe('shards on primaries with as many slots each', () => {
  it('are uneven', () => {
    expect(shardsByPrimary(2, 2)).toEqual([2, 0]);
    expect(shardsByPrimary(3, 3)).toEqual([1, 2, 0]);
    expect(shardsByPrimary(6, 3)).toEqual([2, 3, 1]);
  });
});
