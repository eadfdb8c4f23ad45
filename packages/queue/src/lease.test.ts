import { describe, expect, it } from 'vitest';
import { LeaseLostError } from './errors.ts';
import { Lease } from './lease.ts';

function setUp(): { lease: Lease; pass: (ms: number) => void } {
  let now = 0;
  const clock = { monotonic: () => now };
  return { lease: new Lease(clock, 'ann', 1_000, 0), pass: (ms) => void (now += ms) };
}

describe('a lease', () => {
  it('ends a length after the request that granted it', () => {
    const { lease, pass } = setUp();
    pass(999);
    lease.assertHeld();
    pass(1);
    expect(() => lease.assertHeld()).toThrow(LeaseLostError);
    expect(lease.signal.aborted).toBe(true);
  });

  it('lasts longer when renewed, counted from the request', () => {
    const { lease, pass } = setUp();
    pass(900);
    lease.renewed(500);
    pass(599);
    lease.assertHeld();
    pass(1);
    expect(() => lease.assertHeld()).toThrow(LeaseLostError);
  });

  it('stays lost when a renewal comes too late', () => {
    const { lease, pass } = setUp();
    pass(1_000);
    lease.expire();
    lease.renewed(1_000);
    expect(() => lease.assertHeld()).toThrow(LeaseLostError);
  });
});
