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

  it('send away who waits, and who comes, once closed', async () => {
    const slots = new Slots(1);
    await slots.acquire();
    const waiting = slots.acquire();
    slots.close();
    await expect(waiting).rejects.toThrow(ClosedError);
    await expect(slots.acquire()).rejects.toThrow(ClosedError);
  });
});
