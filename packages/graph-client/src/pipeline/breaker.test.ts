import { describe, expect, it } from 'vitest';

import { breaker } from './breaker.ts';
import { TransportError } from '../errors.ts';
import type { GraphAnswer, OutgoingCall } from './middleware.ts';
import { broken, fine, outgoing, refused } from './outgoing-call.test-setup.ts';
import { createManualClock } from '../testing/index.ts';
import type { ManualClock } from '../testing/index.ts';

/** A breaker over a network that does what it is told. */
function scene(failures?: number): {
  clock: ManualClock;
  send: (outcome?: Error | Promise<GraphAnswer>, call?: Partial<OutgoingCall>) => Promise<string>;
  sent: () => number;
} {
  const clock = createManualClock(1_000_000);
  const middleware = breaker({ clock, failures });
  let sent = 0;
  return {
    clock,
    sent: () => sent,
    send: async (outcome, call) => {
      const result = middleware(outgoing(clock, call), async () => {
        sent += 1;
        if (outcome instanceof Error) throw outcome;
        return outcome ?? fine;
      });
      return result.then(
        () => 'sent',
        (error: Error) => error.name,
      );
    },
  };
}

const MINUTE = 60_000;

describe('the breaker', () => {
  it.each([
    ['a dead token', refused(190, 460), 'token-dead', 1, 60],
    ['a restriction', refused(368), 'page-restricted', 30, 240],
    ['a missing permission', refused(200), 'permission', 1, 60],
    ['a wrong proof', refused(100, undefined, 'Invalid appsecret_proof'), 'configuration', 1, 60],
    ['terms nobody accepted', refused(2, 2018344), 'configuration', 1, 60],
  ])(
    'opens at once for %s, probes, and doubles its hold',
    async (_what, error, kind, first, longest) => {
      const { clock, send, sent } = scene();
      await send(error);
      let hold = first * MINUTE;
      for (let probe = 0; probe < 9; probe += 1) {
        clock.advance(hold - 1);
        expect(await send()).toBe(`ParkedError [${kind}]`);
        clock.advance(1);
        expect(await send(error)).toBe(error.name);
        hold = Math.min(hold * 2, longest * MINUTE);
      }
      expect(sent()).toBe(10);
      clock.advance(hold);
      expect(await send()).toBe('sent');
      expect(await send()).toBe('sent');
    },
  );

  it('tells what opened it, and when it probes next', async () => {
    const clock = createManualClock(1_000_000);
    const middleware = breaker({ clock });
    const error = refused(190);
    await middleware(outgoing(clock), () => Promise.reject(error)).catch(() => {});
    clock.advance(20_000);
    await expect(middleware(outgoing(clock), async () => fine)).rejects.toMatchObject({
      kind: 'token-dead',
      scope: 'page',
      outcome: 'not-executed',
      retryAfterMs: 40_000,
      cause: error,
    });
  });

  it('opens after failures of the network in a row, and only in a row', async () => {
    const { clock, send } = scene(3);
    await send(broken('unknown'));
    await send(broken('not-executed'));
    await send();
    await send(broken('unknown'));
    await send(broken('unknown'));
    expect(await send(broken('unknown'))).toBe('TransportError [timeout]');
    expect(await send()).toBe('ParkedError [transient]');
    for (const hold of [1_000, 2_000, 4_000, 5_000]) {
      clock.advance(hold - 1);
      expect(await send()).toBe('ParkedError [transient]');
      clock.advance(1);
      expect(await send(broken('unknown'))).toBe('TransportError [timeout]');
    }
    clock.advance(5_000);
    expect(await send()).toBe('sent');
  });

  it("takes Graph's other errors for signs of life", async () => {
    const { send } = scene(2);
    await send(broken('unknown'));
    await send(refused(551));
    await send(broken('unknown'));
    expect(await send()).toBe('sent');
  });

  it('holds no sends back for a right that only another kind of call needs', async () => {
    const { send } = scene();
    await send(refused(200), { method: 'GET', rateClass: 'other' });
    expect(await send()).toBe('sent');
  });

  it.each([
    ['a throttled Page, which the rate limit holds back', refused(80006)],
    ['a call that is wrong', refused(100)],
  ])('stays closed for %s', async (_what, error) => {
    const { send } = scene();
    await send(error);
    expect(await send()).toBe('sent');
  });

  it('lets one probe through at a time', async () => {
    const { clock, send, sent } = scene();
    await send(refused(190));
    clock.advance(MINUTE);
    const { promise, resolve } = Promise.withResolvers<GraphAnswer>();
    const probe = send(promise);
    expect(await send()).toBe('ParkedError [token-dead]');
    resolve(fine);
    expect(await probe).toBe('sent');
    expect(await send()).toBe('sent');
    expect(sent()).toBe(3);
  });

  it('probes again at once when the caller gave the probe up', async () => {
    const { clock, send } = scene();
    await send(refused(190));
    clock.advance(MINUTE);
    await send(new TransportError('aborted', 'given up', { outcome: 'unknown' }));
    expect(await send()).toBe('sent');
  });

  it('is not closed by an old call that ends well after it opened', async () => {
    const { send } = scene();
    const { promise, resolve } = Promise.withResolvers<GraphAnswer>();
    const old = send(promise);
    await send(refused(368));
    resolve(fine);
    await old;
    expect(await send()).toBe('ParkedError [page-restricted]');
  });
});
