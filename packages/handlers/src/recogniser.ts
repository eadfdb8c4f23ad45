import type { TextEvent } from '@bot/graph-client/webhook';

/** What a person may mean. */
export interface Intent {
  readonly name: string;
  /** From 0 to 1. */
  readonly confidence: number;
}

/** A text to understand. */
export interface RecogniserInput {
  readonly text: string;
  /** The person's language, such as `vi`. */
  readonly locale: string;
  readonly event: TextEvent;
  readonly signal: AbortSignal;
}

/**
 * Tells what a text means: a list of keywords, Messenger's own NLP, a service. One that does not
 * always answer the same should be asked in a step, so that a turn that runs again says the same.
 */
export interface Recogniser {
  /** The likeliest first; none when it has no idea. */
  recognise(input: RecogniserInput): Promise<readonly Intent[]>;
}

/** Asks one after another, until one says anything. */
export function firstOf(...recognisers: readonly Recogniser[]): Recogniser {
  return {
    async recognise(input) {
      for (const recogniser of recognisers) {
        const intents = await recogniser.recognise(input);
        if (intents.length > 0) return intents;
      }
      return [];
    },
  };
}
