import { describe, expect, it } from 'vitest';
import { createManualClock } from './manual-clock.ts';

const { signal } = new AbortController();

describe('a manual clock', () => {
  it('ends waits in the order of their times, each at its own', async () => {
    const clock = createManualClock(1_000);
    const ended: string[] = [];
    const wait = async (ms: number): Promise<void> => {
      await clock.wait(ms, signal);
      ended.push(`${ms} at ${clock.now()}`);
    };
    void wait(300);
    void wait(100).then(() => wait(150));
    await clock.advance(250);
    expect(ended).toEqual(['100 at 1100', '150 at 1250']);
    await clock.advance(50);
    expect(ended).toEqual(['100 at 1100', '150 at 1250', '300 at 1300']);
    expect([clock.now(), clock.monotonic()]).toEqual([1_300, 300]);
  });

  it('ends a wait when its signal aborts', async () => {
    const clock = createManualClock();
    const stop = new AbortController();
    const waiting = clock.wait(1_000, stop.signal);
    stop.abort();
    await waiting;
    await clock.wait(1_000, stop.signal);
    expect(clock.now()).toBe(0);
  });

  it('runs what is to run after a while, once, unless it is stopped before', async () => {
    const clock = createManualClock();
    const ran: string[] = [];
    clock.after(10, () => ran.push('ten'));
    const stop = clock.after(20, () => ran.push('twenty'));
    await clock.advance(15);
    stop();
    await clock.advance(15);
    expect(ran).toEqual(['ten']);
  });
});
