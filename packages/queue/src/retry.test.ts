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

  it('gives up at once on an error that says so', () => {
    const policy = backoff({ random: () => 0 });
    expect(policy(Object.assign(new Error('no'), { retry: 'never' }), 1)).toEqual({ kind: 'bury' });
    expect(policy('not even an error', 1).kind).toBe('retry');
  });
});
