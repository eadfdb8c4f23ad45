import { describe, expect, it } from 'vitest';

import { broken, fine, outgoing, refused, settled } from './outgoing-call.test-setup.ts';
import type { OutgoingCall } from './middleware.ts';
import { retry } from './retry.ts';
import type { RetryOptions } from './retry.ts';
import { createManualClock } from '../testing/index.ts';

/** Runs one call whose attempts end like this, in turn; the last way for ever. */
function run(
  outcomes: readonly (Error | 'fine')[],
  more: Partial<OutgoingCall> = {},
  options: RetryOptions = {},
): { attempts: () => number; result: Promise<unknown>; advance: (ms: number) => Promise<void> } {
  const clock = createManualClock();
  let attempts = 0;
  const middleware = retry({ ...options, clock, random: () => 1 });
  const result = middleware(outgoing(clock, more), async () => {
    const outcome = outcomes[Math.min(attempts, outcomes.length - 1)];
    attempts += 1;
    if (outcome instanceof Error) throw outcome;
    return fine;
  });
  result.catch(() => {});
  return {
    attempts: () => attempts,
    result,
    advance: async (ms) => {
      await settled();
      clock.advance(ms);
      await settled();
    },
  };
}

describe('retry', () => {
  it('repeats a send that never left, after growing waits', async () => {
    const { attempts, advance, result } = run([
      broken('not-executed'),
      broken('not-executed'),
      'fine',
    ]);
    await advance(199);
    expect(attempts()).toBe(1);
    await advance(1);
    expect(attempts()).toBe(2);
    await advance(399);
    expect(attempts()).toBe(2);
    await advance(1);
    expect(attempts()).toBe(3);
    await expect(result).resolves.toBe(fine);
  });

  it('gives up after three attempts, with the last error', async () => {
    const last = broken('not-executed');
    const { attempts, advance, result } = run([
      broken('not-executed'),
      broken('not-executed'),
      last,
    ]);
    await advance(200);
    await advance(400);
    await expect(result).rejects.toBe(last);
    expect(attempts()).toBe(3);
  });

  it.each(['POST', 'DELETE'] as const)(
    'never repeats a %s whose outcome is unknown',
    async (method) => {
      const { attempts, advance, result } = run([broken('unknown'), 'fine'], { method });
      await advance(60_000);
      await expect(result).rejects.toMatchObject({ outcome: 'unknown' });
      expect(attempts()).toBe(1);
    },
  );

  it('repeats a GET whose outcome is unknown, which changes nothing', async () => {
    const { advance, result } = run([broken('unknown'), 'fine'], { method: 'GET' });
    await advance(200);
    await expect(result).resolves.toBe(fine);
  });

  it.each([
    ['code 1, which may have been carried out', refused(1)],
    ['1/1357046, which was', refused(1, 1357046)],
    ['a closed window', refused(10, 2018278)],
    ['a dead token', refused(190)],
    ['an error of nobody knows whom', new Error('?')],
  ])('does not repeat a send after %s', async (_what, error) => {
    const { attempts, advance, result } = run([error, 'fine']);
    await advance(60_000);
    await expect(result).rejects.toBe(error);
    expect(attempts()).toBe(1);
  });

  it('does not begin a wait that ends after the deadline', async () => {
    const { attempts, result } = run([refused(80006), 'fine']);
    await expect(result).rejects.toMatchObject({ kind: 'throttled', retryAfterMs: 60_000 });
    expect(attempts()).toBe(1);
  });

  it('waits as long as Graph asks when there is time', async () => {
    const { attempts, advance } = run([refused(80006), 'fine'], { deadline: 120_000 });
    await advance(59_999);
    expect(attempts()).toBe(1);
    await advance(1);
    expect(attempts()).toBe(2);
  });

  it('stops waiting when the caller gives up, and tells why the call failed', async () => {
    const controller = new AbortController();
    const error = broken('not-executed');
    const { attempts, advance, result } = run([error], { signal: controller.signal });
    await settled();
    controller.abort();
    await expect(result).rejects.toBe(error);
    await advance(10_000);
    expect(attempts()).toBe(1);
  });
});
