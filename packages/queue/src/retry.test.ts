import { describe, expect, it } from 'vitest';
import { backoff } from './retry.ts';

describe('backoff', () => {
  it('doubles its pauses up to the longest, then gives up', () => {
    const policy = backoff({ attempts: 5, firstDelayMs: 100, mostDelayMs: 500, random: () => 0 });
    const delays = [1, 2, 3, 4, 5].map((attempt) => {
      const decision = policy(new Error('x'), attempt);
      return decision.kind === 'retry' ? decision.delayMs : decision.kind;
    });
    expect(delays).toEqual([100, 200, 400, 500, 'bury']);
  });

  it('shortens a pause by up to half', () => {
    const policy = backoff({ firstDelayMs: 100, random: () => 1 });
    expect(policy(new Error('x'), 1)).toEqual({ kind: 'retry', delayMs: 50, countAttempt: true });
  });

  const asking = (retryAfterMs: unknown): Error => Object.assign(new Error('no'), { retryAfterMs });

  it('gives up at once on an error that says it would come again', () => {
    const policy = backoff({ random: () => 0 });
    expect(policy(asking(undefined), 1)).toEqual({ kind: 'bury' });
    expect(policy(asking(0), 1)).toEqual({ kind: 'retry', delayMs: 500, countAttempt: true });
    expect(policy('not even an error', 1).kind).toBe('retry');
  });

  it('waits as long as an error asks, and does not count that attempt', () => {
    const policy = backoff({ firstDelayMs: 100, random: () => 0 });
    expect(policy(asking(60_000), 1)).toEqual({
      kind: 'retry',
      delayMs: 60_000,
      countAttempt: false,
    });
    expect(policy(asking(1), 1)).toEqual({ kind: 'retry', delayMs: 100, countAttempt: false });
  });

  it('spares an event what is no fault of its own', () => {
    const isOutage = (error: unknown): boolean => String(error).includes('down');
    const policy = backoff({ isOutage, mostDelayMs: 10_000, random: () => 0 });
    const down = (more: object): unknown => policy(Object.assign(new Error('down'), more), 99);
    const spared = { kind: 'retry', countAttempt: false };
    expect(down({})).toEqual({ ...spared, delayMs: 10_000 });
    expect(down({ retryAfterMs: undefined })).toEqual({ ...spared, delayMs: 10_000 });
    expect(down({ retryAfterMs: 60_000 })).toEqual({ ...spared, delayMs: 60_000 });
    expect(policy(new Error('mistake'), 99)).toEqual({ kind: 'bury' });
  });
});
