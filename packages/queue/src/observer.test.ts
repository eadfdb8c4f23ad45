import { describe, expect, it } from 'vitest';
import { systemClock } from './clock.ts';
import { stores } from './lanes.test-setup.ts';
import type { Observer } from './observer.ts';
import { after, event, useQueues } from './queues.test-setup.ts';
import { backoff } from './retry.ts';

const retry = backoff({ attempts: 2, firstDelayMs: 1, random: () => 0 });

/** Notes what a worker tells, one line a call. */
function createNotes(): { observer: Observer; notes: string[] } {
  const notes: string[] = [];
  return {
    notes,
    observer: {
      started: ({ id }, { attempt }) => void notes.push(`started ${id} ${attempt}`),
      stepped: (_, { id, end, repeated }) => void notes.push(`${end} ${id} ${repeated}`),
      handled: ({ id }, { attempt }) => void notes.push(`handled ${id} ${attempt}`),
      retried: ({ id }, { attempt, delayMs, error }) =>
        void notes.push(`retried ${id} ${attempt} ${delayMs} ${String(error)}`),
      buried: ({ id }, { attempt, error }) =>
        void notes.push(`buried ${id} ${attempt} ${String(error)}`),
      returned: ({ id }, { attempt }) => void notes.push(`returned ${id} ${attempt}`),
      fenced: ({ id }) => void notes.push(`fenced ${id}`),
      failed: (error) => void notes.push(`failed ${String(error)}`),
    },
  };
}

describe.each(stores)('an observer of a worker in %s', (store) => {
  const setUp = useQueues(store);

  it('is told how a turn begins and ends well', async () => {
    const { queue, work } = setUp();
    const { observer, notes } = createNotes();
    await queue.add([event('a'), event('b')]);
    const handled = after(2);
    const worker = work({ observer, handle: async () => handled.call() });
    await handled.done;
    await worker.close();
    expect(notes).toEqual(['started a 1', 'handled a 1', 'started b 1', 'handled b 1']);
  });

  it('is told of failures, and of giving up', async () => {
    const { queue, work } = setUp();
    const { observer, notes } = createNotes();
    const buried = after(1);
    await queue.add(event('a'));
    work({
      retry,
      observer: { ...observer, buried: (...told) => (observer.buried?.(...told), buried.call()) },
      handle: async () => {
        throw new RangeError('too far');
      },
    });
    await buried.done;
    expect(notes).toEqual([
      'started a 1',
      'retried a 1 1 RangeError: too far',
      'started a 2',
      'buried a 2 RangeError: too far',
    ]);
  });

  it('is told how each step ends', async () => {
    const { queue, work } = setUp();
    const { observer, notes } = createNotes();
    const over = after(2);
    const failing = (outcome: string) => async (): Promise<never> => {
      throw Object.assign(new Error(outcome), { outcome });
    };
    await queue.add(event('a'));
    const worker = work({
      retry,
      observer,
      handle: async (_event, { attempt, step }) => {
        await step('sure', async () => 1);
        await step('lost', failing('executed'));
        const refused = step('refused', failing('not-executed'));
        await expect(refused).rejects.toThrow('not-executed');
        const silent = step('silent', failing('unknown'));
        await expect(silent).rejects.toThrow('unknown');
        over.call();
        if (attempt === 1) throw new Error('again');
      },
    });
    await over.done;
    await worker.close();
    expect(notes.filter((note) => note.includes('/'))).toEqual([
      'done a/sure false',
      'done a/lost false',
      'rejected a/refused false',
      'unknown a/silent false',
      'skipped a/sure false',
      'skipped a/lost false',
      'rejected a/refused false',
      'unknown a/silent true',
    ]);
  });

  it('is told of a turn that ends with its worker', async () => {
    const { queue, work } = setUp();
    const { observer, notes } = createNotes();
    const begun = after(1);
    await queue.add(event('a'));
    const worker = work({
      observer,
      drainMs: 10,
      handle: async (_event, { signal }) => {
        begun.call();
        await systemClock.wait(60_000, signal);
        signal.throwIfAborted();
      },
    });
    await begun.done;
    await worker.close();
    expect(notes).toEqual(['started a 1', 'returned a 1']);
  });

  it('is told of a turn whose lane went to another', async () => {
    const { queue, work, lanes, skip } = setUp();
    const { observer, notes } = createNotes();
    const begun = after(1);
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    await queue.add(event('a'));
    const worker = work({
      observer,
      handle: async () => {
        begun.call();
        await gate;
      },
    });
    await begun.done;
    skip(4_000);
    await lanes.take({ lane: 'ann', mostLost: 1 });
    open();
    await worker.close();
    expect(notes).toEqual(['started a 1', 'fenced a']);
  });
});
