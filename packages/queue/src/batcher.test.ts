import { describe, expect, it } from 'vitest';
import { Batcher } from './batcher.ts';
import { createManualClock, type ManualClock } from './testing/manual-clock.ts';

/** A batcher whose calls end when the test says so. */
function setUp(most: number): {
  batcher: Batcher<number, string>;
  calls: number[][];
  end: (() => void)[];
  clock: ManualClock;
} {
  const clock = createManualClock();
  const calls: number[][] = [];
  const end: (() => void)[] = [];
  const batcher = new Batcher<number, string>(
    async (requests) => {
      calls.push([...requests]);
      await new Promise<void>((resolve) => end.push(resolve));
      return requests.map((request) => `answer ${request}`);
    },
    { most, inFlight: 1, clock },
  );
  return { batcher, calls, end, clock };
}

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a batcher', () => {
  it('shares one call among the requests of a tick and gives each its own answer', async () => {
    const { batcher, calls, end } = setUp(10);
    const answers = Promise.all([batcher.add(1), batcher.add(2)]);
    await tick();
    end[0]?.();
    expect(await answers).toEqual(['answer 1', 'answer 2']);
    expect(calls).toEqual([[1, 2]]);
  });

  it('gathers while its calls are under way, up to the largest batch', async () => {
    const { batcher, calls, end } = setUp(2);
    const answers = [1, 2, 3, 4].map((request) => batcher.add(request));
    await tick();
    const late = batcher.add(5);
    await tick();
    expect(calls).toEqual([[1, 2]]);
    end[0]?.();
    await answers[0];
    await tick();
    expect(calls).toEqual([
      [1, 2],
      [3, 4],
    ]);
    end[1]?.();
    await answers[3];
    await tick();
    end[2]?.();
    expect(await late).toBe('answer 5');
  });

  it('answers several requests together, in their order, however many calls they take', async () => {
    const { batcher, calls, end } = setUp(2);
    const answers = batcher.addAll([3, 1, 2]);
    await tick();
    end[0]?.();
    await expect.poll(() => end.length).toBe(2);
    end[1]?.();
    expect(await answers).toEqual(['answer 3', 'answer 1', 'answer 2']);
    expect(calls).toEqual([[3, 1], [2]]);
    expect(await batcher.addAll([])).toEqual([]);
  });

  it('waits only so long for calls that get no answer', async () => {
    const { batcher, calls, end, clock } = setUp(10);
    const first = batcher.add(1);
    await tick();
    const others = [batcher.add(2), batcher.add(3)];
    await tick();
    await clock.advance(49);
    expect(calls).toEqual([[1]]);
    await clock.advance(1);
    expect(calls).toEqual([[1], [2, 3]]);
    for (const answer of end) answer();
    expect(await Promise.all([first, ...others])).toEqual(['answer 1', 'answer 2', 'answer 3']);
  });

  it('fails all requests of a call that failed, and goes on', async () => {
    let broken = true;
    const batcher = new Batcher<number, number>(
      async (requests) => {
        if (broken) throw new Error('away');
        return requests;
      },
      { most: 10, inFlight: 1 },
    );
    const results = await Promise.allSettled([batcher.add(1), batcher.addAll([2, 3])]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    broken = false;
    expect(await batcher.add(3)).toBe(3);
  });
});
