import type { Recogniser } from './recogniser.ts';

/**
 * Takes what Messenger's built-in NLP has found in a message. It must be switched on for the Page;
 * whether Meta still delivers it is not known, so put another behind it with {@link firstOf}.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/built-in-nlp
 */
export function createMessengerNlp(): Recogniser {
  return {
    recognise: async ({ event }) =>
      (event.nlp?.intents ?? []).toSorted((a, b) => b.confidence - a.confidence),
  };
}
