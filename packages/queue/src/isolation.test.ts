import { describe, expect, it } from 'vitest';
import { stores } from './lanes.test-setup.ts';
import { after, event, useQueues, type TestQueue } from './queues.test-setup.ts';

/** Has the worker of a lane die so many times, however often it was suspect before. */
async function die({ lanes, skip }: TestQueue, lane: string, times: number): Promise<void> {
  for (let death = 0; death < times; death += 1) {
    await lanes.take({ lane, mostLost: death });
    skip(4_000);
  }
}

describe.each(stores)('an event that may have killed its worker, in %s', (store) => {
  const setUp = useQueues(store);

  it.each([
    { deaths: 1, slots: 9, others: 2 },
    { deaths: 2, slots: 9, others: 1 },
    { deaths: 2, slots: 65, others: 2 },
  ])(
    'waits after $deaths death(s) in a worker of $slots slots while $others others run',
    async ({ deaths, slots, others }) => {
      const test = setUp();
      const { queue, work } = test;
      const { promise: gate, resolve: open } = Promise.withResolvers<void>();
      const busy = after(others);
      const isolated = after(1);
      const ran = after(1);
      const order: string[] = [];
      await queue.add(event('suspect'));
      await die(test, 'ann', deaths);
      const bystanders = Array.from({ length: others }, (_, index) => `lane-${index}`);
      await queue.add(bystanders.map((lane) => event(lane, lane)));
      work({
        concurrency: slots,
        observer: { isolated: isolated.call },
        handle: async ({ id }) => {
          if (id === 'suspect') {
            order.push('suspect');
            return ran.call();
          }
          busy.call();
          await (id === 'lane-0' ? gate : ran.done);
          order.push(id);
        },
      });
      await busy.done;
      await isolated.done;
      open();
      await ran.done;
      expect(order.slice(0, 2)).toEqual(['lane-0', 'suspect']);
    },
  );

  it('gives its lane back after one turn, and with it the slots', async () => {
    const test = setUp();
    const { queue, work } = test;
    const begun = after(1);
    const together = after(9);
    const running = new Set<string>();
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    await queue.add([event('suspect'), event('next')]);
    await die(test, 'ann', 1);
    work({
      concurrency: 9,
      handle: async ({ id }) => {
        if (id === 'suspect') {
          begun.call();
          return gate;
        }
        running.add(id);
        together.call();
        await together.done;
      },
    });
    await begun.done;
    await queue.add(Array.from({ length: 8 }, (_, index) => event(`other-${index}`, `${index}`)));
    open();
    await together.done;
    expect(running).toContain('next');
  });

  it('is told of with the number of attempts that ended without a word', async () => {
    const test = setUp();
    const { queue, work } = test;
    const handled = after(1);
    const told: [string, number][] = [];
    await queue.add(event('suspect'));
    await die(test, 'ann', 2);
    work({
      observer: { isolated: (lane, lost) => void told.push([lane, lost]) },
      handle: async () => handled.call(),
    });
    await handled.done;
    expect(told).toEqual([['ann', 2]]);
  });
});
