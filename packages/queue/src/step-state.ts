/** Before a step's name, as a field of its lane's state. */
export const STEP = 'step:';
/** How far a step has come: `sending <since>`, `unknown <since>`, `rejected <why>`, `done <result>`. */
const DONE = 'done ';
const BEGUN = /^(?:sending|unknown) (\d+)$/;
const STEP_NAME = /^[^/]{1,100}$/;

/** How far a step has come, in one word. */
export type StepProgress = 'sending' | 'unknown' | 'rejected' | 'done';

export const isStepName = (name: string): boolean => STEP_NAME.test(name);

/** A step's id taken apart; `undefined` for what is none. */
export function parseStepId(stepId: string): { eventId: string; step: string } | undefined {
  const slash = stepId.lastIndexOf('/');
  const step = stepId.slice(slash + 1);
  return slash > 0 && isStepName(step) ? { eventId: stepId.slice(0, slash), step } : undefined;
}

export function stepProgress(state: string): StepProgress {
  return state.split(' ', 1)[0] as StepProgress;
}

/** Since when a step has been under way of which nobody knows; `undefined` for all others. */
export function begunAt(state: string): number | undefined {
  const [, since] = BEGUN.exec(state) ?? [];
  return since === undefined ? undefined : Number(since);
}

/** What stays of a step of which nobody knows when a further attempt at it did nothing. */
export function doubtOf(state: string): string | undefined {
  const since = begunAt(state);
  return since === undefined ? undefined : `unknown ${since}`;
}

/** What a finished or confirmed step leaves behind. */
export function doneState(result: unknown): string {
  return DONE + (JSON.stringify(result) ?? 'null');
}

export const isDone = (state: string): boolean => state.startsWith(DONE);

/** What a finished step answered; `undefined` when its result is lost. */
export function resultOf(state: string): unknown {
  return JSON.parse(state.slice(DONE.length)) ?? undefined;
}
