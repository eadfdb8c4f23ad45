import { describe, expect, it } from 'vitest';
import { InputError, OverloadedError } from './errors.ts';
import { stores } from './lanes.test-setup.ts';
import { after, event, useQueues } from './queues.test-setup.ts';
import { createManualClock } from './testing/manual-clock.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

describe.each(stores)('a queue in %s', (store) => {
  const setUp = useQueues(store);

  it('refuses an event that breaks a rule before any is added', async () => {
    const { queue } = setUp();
    const bad = { ...event('b'), timestamp: Number.NaN };
    await expect(queue.add([event('a'), bad])).rejects.toThrow(InputError);
    await expect(queue.add([event('')])).rejects.toThrow('id must have 1 to 512 characters');
    const trace = 'x'.repeat(257);
    await expect(queue.add({ ...event('a'), trace })).rejects.toThrow('trace must have 1 to 256');
    expect((await queue.figures()).waitingLanes).toBe(0);
  });

  it('answers one outcome for one event, and a list for a list', async () => {
    const { queue } = setUp();
    expect(await queue.add(event('a'))).toBe('accepted');
    expect(await queue.add(event('a'))).toBe('duplicate');
    expect(await queue.add([event('a'), event('b')])).toEqual(['duplicate', 'accepted']);
    expect(await queue.add([])).toEqual([]);
  });

  it.each([-1, Number.NaN, Infinity, 367 * DAY_MS])('refuses a delay of %s', async (delayMs) => {
    const { queue } = setUp();
    await expect(queue.add(event('a'), { delayMs })).rejects.toThrow(InputError);
    expect((await queue.figures()).delayedEvents).toBe(0);
  });

  it('keeps a delayed event until its time, in the order of times', async () => {
    const { queue, work, skip } = setUp();
    const all = after(3);
    const order: string[] = [];
    expect(await queue.add([event('late')], { delayMs: DAY_MS })).toEqual(['accepted']);
    await queue.add(event('soon'), { delayMs: 0.5 * DAY_MS });
    await queue.add(event('now'));
    expect(await queue.figures()).toMatchObject({ delayedEvents: 2, waitingEvents: 1 });
    skip(DAY_MS);
    work({
      concurrency: 1,
      handle: async ({ id }) => {
        order.push(id);
        all.call();
      },
    });
    await all.done;
    expect(order).toEqual(['now', 'soon', 'late']);
  });

  it('takes a delayed event out again, and then knows its id no more', async () => {
    const { queue } = setUp({ shards: 3 });
    await queue.add(event('a'), { delayMs: DAY_MS });
    expect(await queue.cancel({ lane: 'ann', id: 'b' })).toBe(false);
    expect(await queue.cancel({ lane: 'ann', id: 'a' })).toBe(true);
    expect(await queue.cancel({ lane: 'ann', id: 'a' })).toBe(false);
    expect((await queue.figures()).delayedEvents).toBe(0);
    expect(await queue.add(event('a'))).toBe('accepted');
  });

  it('adds up what its shards hold, and shows one lane', async () => {
    const { queue } = setUp({ shards: 3 });
    const lanes = Array.from({ length: 12 }, (_, index) => `lane-${index}`);
    await queue.add(lanes.map((lane) => event(`e-${lane}`, lane)));
    await queue.add(event('more', 'lane-7'));
    expect(await queue.figures()).toMatchObject({ waitingLanes: 12, waitingEvents: 13 });
    expect(await queue.lane('lane-7')).toEqual({
      events: 2,
      attempts: 0,
      heldMs: 0,
      dueMs: 0,
      steps: {},
    });
    expect((await queue.lane('nobody')).events).toBe(0);
  });

  it('refuses events while it holds as many as it may, and takes them again afterwards', async () => {
    const clock = createManualClock();
    const limits = { slow: { events: 1 }, refuse: { events: 2 } };
    const { queue, work } = setUp({ clock, backpressure: limits });
    /** Has the pressure measured, and waits until it is as said. */
    const pressureBecomes = async (level: string): Promise<void> => {
      await clock.advance(500);
      while (queue.pressure().level !== level) await queue.figures();
    };
    await queue.add(event('a'));
    await pressureBecomes('slow');
    expect(queue.pressure()).toEqual({ level: 'slow', reason: '1 events wait, of 1' });
    await queue.add(event('b'));
    await pressureBecomes('refuse');
    const refused = queue.add(event('c'));
    await expect(refused).rejects.toThrow(OverloadedError);
    await expect(refused).rejects.toThrow('2 events wait, of 2');

    const handled = after(2);
    const worker = work({ handle: async () => handled.call() });
    await handled.done;
    await worker.close();
    await pressureBecomes('ok');
    expect(await queue.add(event('c'))).toBe('accepted');
  });
});
