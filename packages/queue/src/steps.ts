import { InputError, LeaseLostError, StepUnknownError } from './errors.ts';
import type { Grant, Journaled, Lanes } from './lanes.ts';
import type { Lease } from './lease.ts';
import { begunAt, doneState, doubtOf, isDone, isStepName, resultOf } from './step-state.ts';

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
  /** An earlier attempt began it, and nobody knows whether its effect took place. */
  readonly repeated: boolean;
}

/** A step that is about to run its effect. */
export interface BegunStep extends StepInfo {
  /** How many events waited behind this one a moment ago; {@link Turn.waiting} shows them. */
  readonly behind: number;
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
   * @throws {InputError} when the turn has ended meanwhile: it must await its steps.
   * @throws {StepUnknownError} when it may have been carried out and must not be repeated.
   *
   * @example
   * await turn.step('greet', ({ id }) => send({ to, text: 'Xin chào', metadata: id }));
   */
  readonly step: <Result>(
    name: string,
    effect: (step: BegunStep) => Promise<Result>,
  ) => Promise<Result | undefined>;
}

/** How a step ended; `skipped` when it was done before. */
export type StepEnd = 'done' | 'skipped' | 'rejected' | 'unknown';

export function createSteps(
  lanes: Lanes,
  grant: Grant,
  lease: Lease,
  { otherwise = 'repeat', outcomeOf = ownOutcome }: StepOptions,
  ended: (step: StepInfo & { readonly end: StepEnd }) => void,
  isOver: () => boolean,
): Steps {
  /** A step may outlive its turn: the lease then is that of another event. */
  function assertTurn(step: string): void {
    if (!isOver()) return;
    throw new InputError(
      `Step ${grant.head.id}/${step} went on after its turn had ended. Await every step, also when another one fails.`,
    );
  }

  /** Answers what is behind, or the state when the step is done already. */
  async function note(
    step: string,
    state: string,
  ): Promise<Exclude<Journaled, { readonly kind: 'fenced' }>> {
    assertTurn(step);
    const journaled = await lanes.journal({ grant, step, state });
    if (journaled.kind !== 'fenced') return journaled;
    assertTurn(step);
    lease.lose();
    throw new LeaseLostError(grant.head.lane);
  }

  return {
    async step<Result>(name: string, effect: (step: BegunStep) => Promise<Result>) {
      if (!isStepName(name)) {
        throw new InputError(`A step's name must have 1 to 100 characters and no "/": ${name}.`);
      }
      const before = grant.steps.get(name) ?? '';
      const info = {
        id: `${grant.head.id}/${name}`,
        repeated: begunAt(before) !== undefined,
      };
      if (info.repeated && otherwise === 'give-up') throw new StepUnknownError(info.id);
      const noted = isDone(before)
        ? ({ kind: 'done', state: before } as const)
        : await note(name, 'sending');
      if (noted.kind === 'done') {
        ended({ ...info, end: 'skipped' });
        return resultOf(noted.state) as Result | undefined;
      }
      assertTurn(name);
      lease.assertHeld();
      try {
        const result = await effect({ ...info, behind: noted.behind });
        await note(name, doneState(result));
        ended({ ...info, end: 'done' });
        return result;
      } catch (error) {
        const outcome = error instanceof LeaseLostError ? 'unknown' : outcomeOf(error);
        const isLost = lease.isLost || isOver();
        const settled = isLost ? undefined : await settle(name, outcome, error, before);
        ended({ ...info, end: settled === undefined ? endOf[outcome] : 'done' });
        if (settled === undefined) throw error;
        return resultOf(settled) as Result | undefined;
      }
    },
  };

  /** Writes down a failure; answers the state when the step is done all the same. */
  async function settle(
    step: string,
    outcome: StepOutcome,
    error: unknown,
    before: string,
  ): Promise<string | undefined> {
    const lost = doneState(null);
    // That this attempt did nothing says nothing of the one before.
    const failed = doubtOf(before) ?? `rejected ${nameOf(error)}`;
    const state = { unknown: 'unknown', 'not-executed': failed, executed: lost }[outcome];
    const noted = await note(step, state);
    if (noted.kind === 'done') return noted.state;
    return outcome === 'executed' ? lost : undefined;
  }
}

const endOf = { executed: 'done', 'not-executed': 'rejected', unknown: 'unknown' } as const;

/** How long a lane must still wait for confirmations of steps that an earlier attempt began. */
export function pendingMs({ steps, at }: Grant, { confirmWithinMs = 0 }: StepOptions): number {
  const begun = [...steps.values()].map(begunAt).filter((since) => since !== undefined);
  return Math.max(0, ...begun.map((since) => since + confirmWithinMs - at));
}

function ownOutcome(error: unknown): StepOutcome {
  const outcome =
    typeof error === 'object' && error !== null && 'outcome' in error ? error.outcome : undefined;
  return outcome === 'not-executed' || outcome === 'executed' ? outcome : 'unknown';
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'Error');
