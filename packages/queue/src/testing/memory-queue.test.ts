import { describe, expect, it } from 'vitest';
import { InputError } from '../errors.ts';
import type { QueueEvent } from '../events.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createMemoryQueue, type MemoryQueue } from './memory-queue.ts';

const START = 1_700_000_000_000;
const HOUR_MS = 60 * 60 * 1_000;

const event = (id: string, lane = 'ann'): QueueEvent => ({
  id,
  lane,
  timestamp: START,
  data: { text: id },
});

function setUp(options = {}): MemoryQueue & { clock: ManualClock; handled: string[] } {
  const clock = createManualClock(START);
  return { ...createMemoryQueue({ clock, ...options }), clock, handled: [] };
}

describe('a queue in memory', () => {
  it('handles what is added, and after its pause what failed', async () => {
    const { queue, work, close, clock, handled } = setUp();
    work({
      random: () => 0,
      handle: async ({ id }, { attempt }) => {
        if (id === 'a' && attempt === 1) throw new Error('again');
        handled.push(`${id} ${attempt}`);
      },
    });
    await queue.add([event('a'), event('b'), event('c', 'bob')]);
    await clock.advance(499);
    expect(handled).toEqual(['c 1']);
    await clock.advance(1);
    expect(handled).toEqual(['c 1', 'a 2', 'b 1']);
    await close();
  });

  it('handles a delayed event at its time', async () => {
    const { queue, work, close, clock, handled } = setUp({ shards: 3 });
    work({ handle: async ({ id, timestamp }) => void handled.push(`${id} ${timestamp}`) });
    await queue.add(event('a'), { delayMs: HOUR_MS });
    await clock.advance(HOUR_MS - 1);
    expect(handled).toEqual([]);
    await clock.advance(1);
    expect(handled).toEqual([`a ${START + HOUR_MS}`]);
    await close();
  });

  it('gives each turn data of its own', async () => {
    const { queue, work, close, clock } = setUp();
    const given = { list: [1] };
    let got: unknown;
    work({ handle: async ({ data }) => void (got = data) });
    await queue.add({ ...event('a'), data: given });
    given.list.push(2);
    await clock.advance(0);
    expect(got).toEqual({ list: [1] });
    await close();
  });

  it('forgets ids after the time asked for', async () => {
    const { queue, close, clock } = setUp({ seenMs: HOUR_MS });
    await queue.add(event('a'));
    await clock.advance(HOUR_MS - 1);
    expect(await queue.add(event('a'))).toBe('duplicate');
    await clock.advance(1);
    expect(await queue.add(event('a'))).toBe('accepted');
    await close();
  });

  it('leaves the lanes of a closed worker to the next', async () => {
    const { queue, work, close, clock, handled } = setUp();
    const first = work({
      random: () => 0,
      handle: async () => {
        throw new Error('again');
      },
    });
    await queue.add(event('a'));
    await clock.advance(0);
    await first.close();
    work({ handle: async ({ id }, { attempt }) => void handled.push(`${id} ${attempt}`) });
    await clock.advance(500);
    expect(handled).toEqual(['a 2']);
    await close();
  });

  it('keeps a lane in the hands of a turn that takes longer than a lease', async () => {
    const { queue, work, close, clock } = setUp({ leaseMs: 1_000 });
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    work({ handle: () => gate });
    await queue.add(event('a'));
    await clock.advance(10_000);
    const held = await queue.lane('ann');
    expect(held).toMatchObject({ events: 1, attempts: 1 });
    expect(held.heldMs).toBeGreaterThan(0);
    open();
    await clock.advance(0);
    expect(await queue.lane('ann')).toMatchObject({ events: 0, heldMs: 0 });
    await close();
  });

  it('runs on the clock of the process unless it is given one', async () => {
    const { queue, work, close } = createMemoryQueue();
    const handled = Promise.withResolvers<string>();
    work({ handle: async ({ id }) => handled.resolve(id) });
    await queue.add(event('a'));
    expect(await handled.promise).toBe('a');
    await close();
    await close();
    await expect(queue.add(event('b'))).rejects.toThrow('closed');
  });

  it('has at least one shard', () => {
    expect(() => createMemoryQueue({ shards: 0 })).toThrow(InputError);
  });
});
