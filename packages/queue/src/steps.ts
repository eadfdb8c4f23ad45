import { InputError, LeaseLostError, StepUnknownError } from './errors.ts';
import type { Grant, Lanes } from './lanes.ts';
import type { Lease } from './lease.ts';

/** What became of an effect that failed. */
export type StepOutcome = 'not-executed' | 'executed' | 'unknown';

/** What to do about steps of which nobody knows whether their effect took place. */
export interface StepOptions {
  /**
   * How long to wait for `queue.confirmStep`, in milliseconds from the beginning of the step,
   * before the event is tried again. Its lane waits meanwhile. Default 0.
   */
  readonly confirmWithinMs?: number;
  /**
   * When no confirmation came: `repeat` the effect (at least once), or `give-up` with a
   * {@link StepUnknownError} (at most once). Default `repeat`.
   */
  readonly otherwise?: 'repeat' | 'give-up';
  /**
   * What an error of an effect says of its outcome. Default: its property `outcome`, as the errors
   * of `@bot/graph-client` have it; `unknown` without one.
   */
  readonly outcomeOf?: (error: unknown) => StepOutcome;
}

/** A step as its effect sees it. */
export interface StepInfo {
  /** `<event id>/<step name>`: the same in every attempt. Send it along; confirmations name it. */
  readonly id: string;
}

/** Runs outside effects of a turn so that a turn that runs again does not repeat them. */
export interface Steps {
  /**
   * Runs `effect` unless an earlier attempt at this event, or a confirmation, says that it is done;
   * then that result is answered. That it is being tried is durable before it starts.
   *
   * @param name The same in every attempt, and one only in its turn; 1 to 100 characters, no `/`.
   * @returns What the effect returned, as it comes back from JSON; `undefined` when it was carried
   *   out and its result is lost.
   * @throws {LeaseLostError} instead of running an effect that is no longer this worker's to run.
   * @throws {StepUnknownError} when it may have been carried out and must not be repeated.
   *
   * @example
   * await turn.step('greet', ({ id }) => send({ to, text: 'Xin chào', metadata: id }));
   */
  readonly step: <Result>(
    name: string,
    effect: (step: StepInfo) => Promise<Result>,
  ) => Promise<Result | undefined>;
}

const DONE = 'done ';
const SENDING = 'sending ';

export function createSteps(
  lanes: Lanes,
  grant: Grant,
  lease: Lease,
  { otherwise = 'repeat', outcomeOf = ownOutcome }: StepOptions,
): Steps {
  /** Answers the state when the step is done already. */
  async function note(step: string, state: string): Promise<string | undefined> {
    const journaled = await lanes.journal({ grant, step, state });
    if (journaled.kind === 'done') return journaled.state;
    if (journaled.kind === 'written') return undefined;
    lease.lose();
    throw new LeaseLostError(grant.head.lane);
  }

  return {
    async step<Result>(name: string, effect: (step: StepInfo) => Promise<Result>) {
      if (!STEP_NAME.test(name)) {
        throw new InputError(`A step's name must have 1 to 100 characters and no "/": ${name}.`);
      }
      const id = `${grant.head.id}/${name}`;
      const before = grant.steps.get(name);
      if (before?.startsWith(SENDING) && otherwise === 'give-up') throw new StepUnknownError(id);
      const done = before?.startsWith(DONE) ? before : await note(name, 'sending');
      if (done !== undefined) return resultOf(done) as Result | undefined;
      lease.assertHeld();
      try {
        const result = await effect({ id });
        await note(name, doneState(result));
        return result;
      } catch (error) {
        const outcome = error instanceof LeaseLostError ? 'unknown' : outcomeOf(error);
        if (outcome === 'not-executed') await note(name, '');
        if (outcome !== 'executed') throw error;
        await note(name, `${DONE}null`);
        return undefined;
      }
    },
  };
}

const STEP_NAME = /^[^/]{1,100}$/;

/** How long a lane must still wait for confirmations of steps that an earlier attempt began. */
export function pendingMs({ steps, at }: Grant, { confirmWithinMs = 0 }: StepOptions): number {
  const begun = [...steps.values()].filter((state) => state.startsWith(SENDING));
  return Math.max(
    0,
    ...begun.map((state) => Number(state.slice(SENDING.length)) + confirmWithinMs - at),
  );
}

/** A step's id taken apart; `undefined` for what is none. */
export function parseStepId(stepId: string): { eventId: string; step: string } | undefined {
  const slash = stepId.lastIndexOf('/');
  const step = stepId.slice(slash + 1);
  return slash > 0 && STEP_NAME.test(step) ? { eventId: stepId.slice(0, slash), step } : undefined;
}

/** What a confirmation writes. */
export function doneState(result: unknown): string {
  return DONE + (JSON.stringify(result) ?? 'null');
}

function resultOf(state: string): unknown {
  return JSON.parse(state.slice(DONE.length)) ?? undefined;
}

function ownOutcome(error: unknown): StepOutcome {
  const outcome =
    typeof error === 'object' && error !== null && 'outcome' in error ? error.outcome : undefined;
  return outcome === 'not-executed' || outcome === 'executed' ? outcome : 'unknown';
}
