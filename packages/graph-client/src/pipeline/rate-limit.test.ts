import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { RequestError } from '../errors.ts';
import type { RateClass } from './middleware.ts';
import { fine, outgoing, settled } from './outgoing-call.test-setup.ts';
import { rateLimit } from './rate-limit.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { createSlidingWindow } from './sliding-window.ts';
import { createManualClock } from '../testing/index.ts';

const START = 1_000_000;

describe('the rate limit', () => {
  it.each([
    ['send', 300, 1_000],
    ['send-media', 10, 1_000],
    ['private-reply', 750, 3_600_000],
    ['conversations', 2, 1_000],
    ['profile', 10, 600_000],
  ] as const)(
    "lets %s calls through as Meta's limit says: %i in %i ms",
    (rateClass, most, periodMs) => {
      const limiter = createRateLimiter({ clock: createManualClock(START) });
      const call = { rateClass, weight: 1 };
      const waits = Array.from({ length: most + 1 }, () => limiter.book(call, Infinity).waitMs);
      expect(waits.slice(0, most)).toEqual(Array.from({ length: most }, () => 0));
      expect(waits[most]).toBe(periodMs);
    },
  );

  it('has none for calls of no class', () => {
    const limiter = createRateLimiter({ clock: createManualClock(START) });
    const waits = Array.from(
      { length: 5_000 },
      () => limiter.book({ rateClass: 'other', weight: 1 }, Infinity).waitMs,
    );
    expect(Math.max(...waits)).toBe(0);
  });

  it('makes calls wait in the order they came, and no longer than they must', async () => {
    const clock = createManualClock(START);
    const limit = rateLimit(createRateLimiter({ clock, limits: { sendsPerSecond: 2 } }), clock);
    const gone: number[] = [];
    for (const number of [1, 2, 3, 4, 5]) {
      void limit(outgoing(clock), async () => {
        gone.push(number);
        return fine;
      });
    }
    await settled();
    expect(gone).toEqual([1, 2]);
    clock.advance(1_000);
    await settled();
    expect(gone).toEqual([1, 2, 3, 4]);
    clock.advance(1_000);
    await settled();
    expect(gone).toEqual([1, 2, 3, 4, 5]);
  });

  it('refuses at once what would come after its deadline, and says when to come back', async () => {
    const clock = createManualClock(START);
    const limits = { profilePerTenMinutes: 1 };
    const limit = rateLimit(createRateLimiter({ clock, limits }), clock);
    const call = outgoing(clock, { rateClass: 'profile' });
    await limit(call, async () => fine);
    await expect(limit(call, async () => fine)).rejects.toMatchObject({
      name: 'ParkedError [throttled]',
      scope: 'page',
      outcome: 'not-executed',
      retryAfterMs: 600_000,
    });
    clock.advance(600_000);
    await expect(limit(outgoing(clock, { rateClass: 'profile' }), async () => fine)).resolves.toBe(
      fine,
    );
  });

  it('lets a caller stop waiting, with nothing sent', async () => {
    const clock = createManualClock(START);
    const limit = rateLimit(createRateLimiter({ clock, limits: { sendsPerSecond: 1 } }), clock);
    const controller = new AbortController();
    await limit(outgoing(clock), async () => fine);
    const waiting = limit(outgoing(clock, { signal: controller.signal }), async () => fine);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ reason: 'aborted', outcome: 'not-executed' });
    expect(clock.pending).toBe(0);
  });

  it('holds calls back while Graph wants none, those that wait already as well', async () => {
    const clock = createManualClock(START);
    const limiter = createRateLimiter({ clock, limits: { sendsPerSecond: 1 } });
    const limit = rateLimit(limiter, clock);
    await limit(outgoing(clock), async () => fine);
    const waiting = limit(outgoing(clock, { deadline: START + 90_000 }), async () => fine);
    limiter.park(60_000);
    await expect(limit(outgoing(clock), async () => fine)).rejects.toMatchObject({
      retryAfterMs: 60_000,
    });
    let went = false;
    void waiting.then(() => (went = true));
    clock.advance(1_000);
    await settled();
    expect(went).toBe(false);
    clock.advance(59_000);
    await settled();
    expect(went).toBe(true);
  });

  it('spreads calls out as the allowance fills up', () => {
    const limiter = createRateLimiter({ clock: createManualClock(START) });
    const call = { rateClass: 'conversations' as RateClass, weight: 1 };
    limiter.slowDown(75);
    expect([0, 0, 0].map(() => limiter.book(call, Infinity).waitMs)).toEqual([0, 0, 1_000]);
    limiter.slowDown(100);
    expect(limiter.book(call, Infinity).waitMs).toBe(10_000);
  });

  it('counts a batch as its calls', () => {
    const limiter = createRateLimiter({
      clock: createManualClock(START),
      limits: { sendsPerSecond: 60 },
    });
    const batch = { rateClass: 'send' as RateClass, weight: 50 };
    expect([0, 0].map(() => limiter.book(batch, Infinity).waitMs)).toEqual([0, 1_000]);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %d as a limit', (sendsPerSecond) => {
    const make = (): unknown =>
      createRateLimiter({ clock: createManualClock(), limits: { sendsPerSecond } });
    expect(make).toThrow(RequestError);
    expect(make).toThrow('options.pipeline.rateLimit.sendsPerSecond must be a whole number from 1');
  });

  it('never lets more through in any period than it may, whenever they come', () => {
    const limit = fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 60 }),
      (most, gaps) => {
        const window = createSlidingWindow(most, 1_000);
        let now = START;
        const taken: number[] = [];
        for (const gap of gaps) {
          now += gap;
          const at = Math.max(now, window?.next(1, 1) ?? 0);
          window?.take(at, 1);
          taken.push(at);
        }
        return taken.every((at, index) => at - (taken[index - most] ?? 0) >= 1_000);
      },
    );
    expect(fc.check(limit).failed).toBe(false);
  });
});
