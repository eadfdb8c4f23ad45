import { LeaseLostError } from './errors.ts';
import type { Grant, Lanes } from './lanes.ts';
import type { Lease } from './lease.ts';

/** Runs outside effects of a turn so that a turn that runs again does not repeat them. */
export interface Steps {
  /**
   * Runs `effect` unless an earlier attempt at this event finished it; then its result is
   * answered again. That it is being tried is durable before it starts. An attempt that ended in
   * between leaves the outcome unknown; the effect is then repeated (at least once).
   *
   * @param name The same in every attempt, and one only in its turn; 1 to 100 characters.
   * @returns What the effect returned, as it comes back from JSON.
   * @throws {LeaseLostError} instead of running an effect that is no longer this worker's to run.
   */
  readonly step: <Result>(name: string, effect: () => Promise<Result>) => Promise<Result>;
}

const DONE = 'done ';

export function createSteps(lanes: Lanes, grant: Grant, lease: Lease): Steps {
  async function note(step: string, state: string): Promise<void> {
    if (await lanes.journal({ grant, step, state })) return;
    lease.lose();
    throw new LeaseLostError(grant.head.lane);
  }

  return {
    async step<Result>(name: string, effect: () => Promise<Result>) {
      const before = grant.steps.get(name);
      if (before?.startsWith(DONE)) return JSON.parse(before.slice(DONE.length)) as Result;
      await note(name, 'trying');
      lease.assertHeld();
      const result = await effect();
      await note(name, DONE + (JSON.stringify(result) ?? 'null'));
      return result;
    },
  };
}
