import { describe, expect, it } from 'vitest';
import { useBench } from './bench.test-setup.ts';

const setUp = useBench();
const HOUR_MS = 60 * 60 * 1_000;

describe('bot move-shards', () => {
  it.each([
    [{ kind: 'moving', lanes: 3, delayedEvents: 1, deadLetters: 2 } as const, 1],
    [{ kind: 'remembering', leftMs: 47 * HOUR_MS } as const, 1],
    [{ kind: 'over' } as const, 0],
  ])('goes on with the move and ends with 1 until it is over: %j', async (state, code) => {
    const bench = setUp();
    bench.shardMove = { advance: async () => state };
    expect(await bench.bot('move-shards', '--json')).toEqual({
      code,
      out: `${JSON.stringify(state)}\n`,
      err: '',
    });
  });

  it('says how long both numbers must stay', async () => {
    const bench = setUp();
    bench.shardMove = { advance: async () => ({ kind: 'remembering', leftMs: 47 * HOUR_MS }) };
    expect((await bench.bot('move-shards')).out).toContain('may come again for 47 h yet.');
  });

  it('says when the variables name no other number', async () => {
    const bench = setUp();
    expect(await bench.bot('move-shards')).toMatchObject({
      code: 1,
      err: expect.stringContaining('QUEUE_SHARDS_NEXT is not set') as string,
    });
  });
});
