import { matchKeyword } from '@bot/handlers';
import { type Examples, sentencesOf } from './examples.ts';
import type { IntentModel } from './intent-model.ts';
import { createLocalRecogniser, type LocalRecogniserOptions } from './local-recogniser.ts';

/** How sentences came out of a recogniser. */
export interface Outcomes {
  readonly right: number;
  readonly wrong: number;
  /** It had no idea. */
  readonly unsure: number;
}

/** How one intent came out. */
export interface IntentFigures {
  readonly intent: string;
  readonly sentences: number;
  /** Where the likeliest guess was this intent, however sure it was. */
  readonly guessedRight: number;
  readonly learned: Outcomes;
  readonly keywords: Outcomes;
}

/** How often an intent was taken for another, or for none. */
export interface Confusion {
  readonly intent: string | undefined;
  readonly guess: string | undefined;
  readonly count: number;
}

/** How good a model is on sentences that it has not learned from. */
export interface Evaluation {
  readonly intents: readonly IntentFigures[];
  /** Of all sentences that mean an intent: the share whose likeliest guess was right. */
  readonly accuracy: number;
  /** The same sentences, when it may have no idea. */
  readonly learned: Outcomes;
  readonly keywords: Outcomes;
  /** Sentences that mean none of the intents; what was answered at all is wrong. */
  readonly none: { readonly learned: Outcomes; readonly keywords: Outcomes };
  /** Of the likeliest guesses, right ones included, in the order of the intents. */
  readonly confusion: readonly Confusion[];
}

/** What {@link evaluate} takes. */
export interface EvaluationInput extends LocalRecogniserOptions {
  readonly model: IntentModel;
  /** Where the keywords stand. */
  readonly examples: Examples;
  readonly heldOut: Examples;
}

/**
 * Tries a model on held-out sentences, beside the keywords of the examples, of which the first that
 * is found decides, as with `createKeywordRecogniser`.
 *
 * @example
 * const { accuracy } = evaluate({ model, examples, heldOut });
 */
export function evaluate({ model, examples, heldOut, ...options }: EvaluationInput): Evaluation {
  const local = createLocalRecogniser(model, options);
  const tried = [...sentencesOf(heldOut)].map(({ text, intent }): Tried => ({
    intent,
    guess: local.guess(text)[0]?.name,
    learned: outcomeOf(intent, local.intents(text)[0]?.name),
    keywords: outcomeOf(intent, byKeyword(examples, text)),
  }));
  const meant = tried.filter(({ intent }) => intent !== undefined);
  return {
    intents: Object.keys(heldOut.intents).map((intent) => {
      const own = meant.filter((one) => one.intent === intent);
      const guessedRight = own.filter(({ guess }) => guess === intent).length;
      const { learned, keywords } = count(own);
      return { intent, sentences: own.length, guessedRight, learned, keywords };
    }),
    accuracy: meant.filter(({ intent, guess }) => guess === intent).length / meant.length,
    ...count(meant),
    none: count(tried.filter(({ intent }) => intent === undefined)),
    confusion: confusionOf(tried),
  };
}

type Outcome = keyof Outcomes;

interface Tried {
  readonly intent: string | undefined;
  readonly guess: string | undefined;
  readonly learned: Outcome;
  readonly keywords: Outcome;
}

function byKeyword({ intents }: Examples, text: string): string | undefined {
  const found = Object.entries(intents).find(
    ([, { keywords }]) => matchKeyword(text, keywords) !== undefined,
  );
  return found?.[0];
}

function outcomeOf(intent: string | undefined, found: string | undefined): Outcome {
  if (found === undefined) return 'unsure';
  return found === intent ? 'right' : 'wrong';
}

function count(tried: readonly Tried[]): { learned: Outcomes; keywords: Outcomes } {
  const outcomes = (of: 'learned' | 'keywords'): Outcomes => {
    const sum = (outcome: Outcome): number => tried.filter((one) => one[of] === outcome).length;
    return { right: sum('right'), wrong: sum('wrong'), unsure: sum('unsure') };
  };
  return { learned: outcomes('learned'), keywords: outcomes('keywords') };
}

function confusionOf(tried: readonly Tried[]): Confusion[] {
  const groups = Map.groupBy(tried, ({ intent, guess }) => JSON.stringify([intent, guess]));
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({ intent, guess }) => ({ intent, guess, count: group.length })),
  );
}
