import { describe, expect, it } from 'vitest';
import { ClosedError } from './errors.ts';
import { Slots } from './slots.ts';

describe('slots', () => {
  it('are given first come, first served', async () => {
    const slots = new Slots(1);
    const order: string[] = [];
    await slots.acquire();
    const waiting = ['a', 'b'].map(async (name) => {
      await slots.acquire();
      order.push(name);
      slots.release();
    });
    slots.release();
    await Promise.all(waiting);
    expect(order).toEqual(['a', 'b']);
  });

  it('let nobody overtake one who waits for many', async () => {
    const slots = new Slots(3);
    const order: string[] = [];
    await slots.acquire();
    await slots.acquire();
    const waiting = [
      ['many', 3],
      ['one', 1],
    ] as const;
    const all = waiting.map(async ([name, places]) => {
      await slots.acquire(places);
      order.push(name);
      slots.release(places);
    });
    slots.release();
    await new Promise(setImmediate);
    expect(order).toEqual([]);
    slots.release();
    await Promise.all(all);
    expect(order).toEqual(['many', 'one']);
  });

  it('are given side by side while there are enough', async () => {
    const slots = new Slots(5);
    await Promise.all([slots.acquire(2), slots.acquire(3)]);
    let more = false;
    const waiting = slots.acquire(2).then(() => (more = true));
    await new Promise(setImmediate);
    expect(more).toBe(false);
    slots.release(2);
    await waiting;
  });

  it('send away who waits, and who comes, once closed', async () => {
    const slots = new Slots(1);
    await slots.acquire();
    const waiting = slots.acquire();
    slots.close();
    await expect(waiting).rejects.toThrow(ClosedError);
    await expect(slots.acquire()).rejects.toThrow(ClosedError);
  });
});
