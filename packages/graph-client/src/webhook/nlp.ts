import {
  isObject,
  present,
  readField,
  readNumber,
  readObjects,
  readString,
  readText,
} from './fields.ts';
import type { JsonObject } from './fields.ts';

/** Something that Messenger's built-in NLP is more or less sure of. */
export interface NlpGuess {
  readonly name: string;
  /** From 0 to 1. */
  readonly confidence: number;
}

/** Something that a text speaks of. */
export interface NlpEntity extends NlpGuess {
  /** The words of the text. */
  readonly body?: string;
  /** What they stand for, such as a date. */
  readonly value?: string;
}

/**
 * What Messenger's built-in NLP found in a text, when it is switched on for the Page. Meta's page on
 * it is of 2024; whether it is still delivered is not known.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/built-in-nlp
 */
export interface Nlp {
  readonly intents: readonly NlpGuess[];
  /** Languages as `vi_VN`. */
  readonly locales: readonly NlpGuess[];
  /** What the text speaks of, such as `wit$datetime:datetime`, and how, such as `wit$greetings`. */
  readonly entities: readonly NlpEntity[];
  readonly traits: readonly NlpEntity[];
}

export function toNlp(nlp: unknown): Nlp | undefined {
  if (!isObject(nlp)) return undefined;
  const guesses = (list: string, key: string): NlpGuess[] =>
    readObjects(nlp, list).flatMap((guess) => {
      const name = readString(guess, key);
      const confidence = readNumber(guess, 'confidence');
      return name === undefined || confidence === undefined ? [] : [{ name, confidence }];
    });
  return {
    intents: guesses('intents', 'name'),
    locales: guesses('detected_locales', 'locale'),
    entities: readEntities(readField(nlp, 'entities')),
    traits: readEntities(readField(nlp, 'traits')),
  };
}

function toEntity(name: string, entity: JsonObject): NlpEntity {
  const confidence = readNumber(entity, 'confidence') ?? 0;
  const more = { body: readString(entity, 'body'), value: readText(entity, 'value') };
  return { name, confidence, ...present(more) };
}

/** Meta groups them by name. */
function readEntities(groups: unknown): NlpEntity[] {
  if (!isObject(groups)) return [];
  return Object.keys(groups).flatMap((name) =>
    readObjects(groups, name).map((entity) => toEntity(name, entity)),
  );
}
