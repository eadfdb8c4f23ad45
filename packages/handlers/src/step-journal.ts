import type { MessageContent } from '@bot/graph-client/builders';

/** Remembers across attempts which outside effects of a turn were done; `@bot/queue`'s turns do. */
export interface StepJournal {
  /**
   * Runs the effect unless a step of this name was done before, and answers its result either way;
   * `undefined` when it was done and its result is lost.
   *
   * @param message What the effect sends, for whoever keeps what is said; absent for a step that is
   *   no reply.
   */
  step<Result>(
    name: string,
    effect: (step: BegunStep) => Promise<Result>,
    message?: MessageContent,
  ): Promise<Result | undefined>;
}

/** A step that is about to run its effect. */
export interface BegunStep {
  /** The same in every attempt. */
  readonly id: string;
  /** How many events waited behind this one a moment ago; `undefined` when nobody counts. */
  readonly behind?: number | undefined;
}

/** A journal whose steps have a word before their names, apart from those of the journal itself. */
export function named(word: string, journal: StepJournal): StepJournal {
  return {
    step: (name, effect, message) => journal.step(`${word}-${name}`, effect, message),
  };
}
