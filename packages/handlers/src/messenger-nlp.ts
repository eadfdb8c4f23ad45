import type { Nlp } from '@bot/graph-client/webhook';
import { SetupError } from './errors.ts';
import type { Intent, Recogniser } from './recogniser.ts';

/** How what Messenger found becomes intents; every option has a default. */
export interface MessengerNlpOptions {
  /**
   * From 0 to 1, default 0.6, as a router's `intent` asks for: what Messenger is less sure of is left
   * out, so that the next recogniser is asked.
   */
  readonly atLeast?: number;
  /**
   * Intents that traits stand for. Default: `wit$greetings`, `wit$bye` and `wit$thanks` are `greeting`,
   * `goodbye` and `thanks`.
   */
  readonly traits?: Readonly<Record<string, string>>;
}

const defaults = {
  atLeast: 0.6,
  traits: { wit$greetings: 'greeting', wit$bye: 'goodbye', wit$thanks: 'thanks' },
} as const satisfies Required<MessengerNlpOptions>;

/**
 * Takes what Messenger's built-in NLP has found in a message: intents of the Page's own Wit app, and
 * traits. It must be switched on for the Page; whether Meta still delivers it is not known, so put
 * another behind it with {@link firstOf}.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/built-in-nlp
 *
 * @example
 * createBot({ recogniser: firstOf(createMessengerNlp(), createKeywordRecogniser({ price: ['giá'] })) });
 *
 * @throws {SetupError} when `atLeast` is not from 0 to 1.
 */
export function createMessengerNlp(options: MessengerNlpOptions = {}): Recogniser {
  const { atLeast, traits } = { ...defaults, ...options };
  if (!(atLeast >= 0 && atLeast <= 1)) {
    throw new SetupError(`atLeast must be from 0 to 1, got ${atLeast}.`);
  }
  const names = new Map(Object.entries(traits));
  return {
    recognise: async ({ event: { nlp } }) =>
      [...(nlp?.intents ?? []), ...intentsOf(nlp?.traits ?? [], names)]
        .filter(({ confidence }) => confidence >= atLeast)
        .toSorted((one, other) => other.confidence - one.confidence),
  };
}

function intentsOf(traits: Nlp['traits'], names: ReadonlyMap<string, string>): Intent[] {
  return traits.flatMap(({ name, confidence }) => {
    const intent = names.get(name);
    return intent === undefined ? [] : [{ name: intent, confidence }];
  });
}
