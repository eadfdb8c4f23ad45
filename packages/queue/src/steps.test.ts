import { describe, expect, it } from 'vitest';
import { InputError, StepUnknownError } from './errors.ts';
import { stores } from './lanes.test-setup.ts';
import { after, event, useQueues, type TestQueue } from './queues.test-setup.ts';
import { backoff } from './retry.ts';
import type { StepOptions, StepOutcome } from './steps.ts';

const soon = backoff({ firstDelayMs: 1, random: () => 0 });
const MINUTE_MS = 60_000;

/** An effect's failure that tells what became of it. */
const failure = (outcome: StepOutcome): Error => Object.assign(new Error('no answer'), { outcome });

/** One event whose only step fails in its first attempt; what the step answered in the end. */
async function runOnce(
  { queue, work }: TestQueue,
  failed: Error,
  steps: StepOptions,
  meanwhile: (confirm: () => Promise<boolean>) => Promise<void> = async () => {},
): Promise<{ effects: number; result: unknown; buried: unknown }> {
  const begun = after(1);
  const over = after(1);
  let effects = 0;
  let result: unknown;
  let buried: unknown;
  const confirm = (): Promise<boolean> =>
    queue.confirmStep({ lane: 'ann', stepId: 'a/reply', result: { mid: 'm_echo' } });
  await queue.add([event('a')]);
  work({
    retry: soon,
    steps,
    observer: {
      buried: (_event, { error }) => {
        buried = error;
        over.call();
      },
    },
    handle: async (_event, { step }) => {
      result = await step('reply', async ({ id }) => {
        expect(id).toBe('a/reply');
        effects += 1;
        begun.call();
        if (effects > 1) return { mid: 'm_again' };
        await meanwhile(confirm);
        throw failed;
      });
      over.call();
    },
  });
  await begun.done;
  await over.done;
  return { effects, result, buried };
}

describe.each(stores)('in %s', (store) => {
  const setUp = useQueues(store);
  describe('a step whose outcome is not known', () => {
    it('is settled by a confirmation that comes while it is under way', async () => {
      const { effects, result } = await runOnce(
        setUp(),
        failure('unknown'),
        { confirmWithinMs: MINUTE_MS },
        async (confirm) => {
          expect(await confirm()).toBe(true);
          expect(await confirm()).toBe(false);
        },
      );
      expect([effects, result]).toEqual([1, { mid: 'm_echo' }]);
    });

    it('is settled by a confirmation that its lane waits for, and goes on at once', async () => {
      const { queue, work } = setUp();
      const waiting = after(1);
      const over = after(1);
      let effects = 0;
      await queue.add([event('a')]);
      work({
        retry: soon,
        steps: { confirmWithinMs: MINUTE_MS },
        observer: { retried: waiting.call },
        handle: async (_event, { step }) => {
          const sent = await step('reply', async (): Promise<{ mid: string }> => {
            effects += 1;
            throw failure('unknown');
          });
          expect(sent).toEqual({ mid: 'm_echo' });
          over.call();
        },
      });
      await waiting.done;
      const confirmation = { lane: 'ann', stepId: 'a/reply', result: { mid: 'm_echo' } };
      while (!(await queue.confirmStep(confirmation)));
      await over.done;
      expect(effects).toBe(1);
    });

    it('is repeated when no confirmation came in time', async () => {
      const { effects, result } = await runOnce(setUp(), failure('unknown'), {
        confirmWithinMs: 20,
      });
      expect([effects, result]).toEqual([2, { mid: 'm_again' }]);
    });

    it('is known to be repeated as long as an earlier attempt is in doubt', async () => {
      const { queue, work } = setUp();
      const over = after(1);
      const outcomes = ['not-executed', 'unknown', 'not-executed', 'not-executed'] as const;
      const repeats: boolean[] = [];
      await queue.add(event('a'));
      work({
        retry: soon,
        handle: async (_event, { attempt, step }) => {
          await step('reply', async ({ repeated }) => {
            repeats.push(repeated);
            const outcome = outcomes[attempt - 1];
            if (outcome) throw failure(outcome);
          });
          over.call();
        },
      });
      await over.done;
      expect(repeats).toEqual([false, false, true, true, true]);
    });

    it('is given up when that is the policy', async () => {
      const options = { confirmWithinMs: 20, otherwise: 'give-up' } as const;
      const { effects, buried } = await runOnce(setUp(), failure('unknown'), options);
      expect(effects).toBe(1);
      expect(buried).toBeInstanceOf(StepUnknownError);
    });

    it('is one whose error says nothing', async () => {
      const options = { otherwise: 'give-up' } as const;
      expect((await runOnce(setUp(), new Error('?'), options)).buried).toBeInstanceOf(
        StepUnknownError,
      );
    });
  });

  describe('a step whose outcome is known', () => {
    it('is repeated without waiting when it surely did nothing', async () => {
      const options = { confirmWithinMs: MINUTE_MS, otherwise: 'give-up' } as const;
      const { effects, result } = await runOnce(setUp(), failure('not-executed'), options);
      expect([effects, result]).toEqual([2, { mid: 'm_again' }]);
    });

    it('is done when it surely was carried out, though its result is lost', async () => {
      const { effects, result } = await runOnce(setUp(), failure('executed'), {});
      expect([effects, result]).toEqual([1, undefined]);
    });

    it('is judged by a function of the caller', async () => {
      const { effects } = await runOnce(setUp(), new Error('?'), { outcomeOf: () => 'executed' });
      expect(effects).toBe(1);
    });
  });

  describe('a confirmation', () => {
    it.each(['', 'a', 'a/', '/reply', 'a/b/c', 'b/reply'])(
      'of %j settles nothing',
      async (stepId) => {
        const { queue } = setUp();
        await queue.add([event('a')]);
        expect(await queue.confirmStep({ lane: 'ann', stepId, result: 1 })).toBe(false);
      },
    );

    it('of a step with a slash in its name cannot be, since such a step is refused', async () => {
      const { queue, work } = setUp();
      const over = after(1);
      await queue.add([event('a')]);
      work({
        handle: async (_event, { step }) => {
          await expect(step('a/b', async () => 1)).rejects.toBeInstanceOf(InputError);
          over.call();
        },
      });
      await over.done;
    });
  });

  describe('a step that outlives its turn', () => {
    it('says nothing of the next event and does not take its lane', async () => {
      const { queue, work } = setUp();
      const { promise: gate, resolve: open } = Promise.withResolvers<void>();
      const begun = after(1);
      const over = after(1);
      const effects: string[] = [];
      let late: Promise<unknown> = gate;
      await queue.add([event('a'), event('b')]);
      work({
        retry: () => ({ kind: 'bury' }),
        handle: async ({ id }, { step, signal }) => {
          if (id === 'a') {
            late = step('reply', async () => {
              begun.call();
              await gate;
              effects.push('late');
            });
            // The event is given up while it still runs.
            await begun.done;
            throw new Error('no');
          }
          open();
          await expect(late).rejects.toBeInstanceOf(InputError);
          await step('reply', async () => effects.push(id));
          expect(signal.aborted).toBe(false);
          over.call();
        },
      });
      await over.done;
      expect(effects).toEqual(['late', 'b']);
    });
  });
});
