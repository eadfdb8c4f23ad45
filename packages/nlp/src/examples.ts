import { fold } from '@bot/handlers';
import { z } from 'zod';
import { ExamplesError } from './errors.ts';
import { readJson } from './json-file.ts';

/** How people say one thing. */
export interface IntentExamples {
  readonly examples: readonly string[];
  /** For `createKeywordRecogniser`: beside it the accuracy is reported. */
  readonly keywords: readonly string[];
}

/** What a recogniser learns from, and is tested with. */
export interface Examples {
  readonly intents: Readonly<Record<string, IntentExamples>>;
  /** Sentences that mean none of the intents. */
  readonly none: readonly string[];
  /** Names of things by kind and value: `{ "drink": { "milk-tea": ["trà sữa", "milk tea"] } }`. */
  readonly terms: Terms;
}

/** Phrases by kind and value. */
export type Terms = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const name = z
  .string()
  .regex(/^[A-Za-z][\w.-]*$/, 'A name has letters, digits, "_", "." and "-", and a letter first');
const phrase = z
  .string()
  .max(500, 'A phrase has at most 500 characters')
  .refine((text) => fold(text) !== '', 'A phrase must not be empty');
const schema = z.strictObject({
  intents: z
    .record(
      name,
      z.strictObject({ examples: z.array(phrase).min(1), keywords: z.array(phrase).default([]) }),
    )
    .refine((intents) => Object.keys(intents).length > 0, 'There must be an intent'),
  none: z.array(phrase).default([]),
  terms: z.record(name, z.record(name, z.array(phrase).min(1))).default({}),
});

/**
 * Reads a file of examples.
 *
 * @param file Its name, for errors.
 *
 * @example
 * readExamples('{ "intents": { "price": { "examples": ["giá sao shop"] } } }', 'examples.json');
 *
 * @throws {ExamplesError} It is no JSON or of another form, or a sentence stands in two intents.
 */
export function readExamples(json: string, file: string): Examples {
  const read = readJson(json, schema);
  if ('wrong' in read) {
    throw new ExamplesError(file, {
      ...read.wrong,
      remedy: 'Mend the file; README.md of @bot/nlp shows its form.',
    });
  }
  refuseTwice(read.value, file);
  return read.value;
}

/** Every sentence with its place and the intent that it means; undefined for none of them. */
export function* sentencesOf({ intents, none }: Examples): Generator<Sentence> {
  for (const [intent, { examples }] of Object.entries(intents)) {
    for (const [index, text] of examples.entries()) {
      yield { text, intent, place: `intents.${intent}.examples[${index}]` };
    }
  }
  for (const [index, text] of none.entries()) {
    yield { text, intent: undefined, place: `none[${index}]` };
  }
}

/** One example. */
interface Sentence {
  readonly text: string;
  readonly intent: string | undefined;
  readonly place: string;
}

function refuseTwice(examples: Examples, file: string): void {
  const seen = new Map<string, Sentence>();
  for (const sentence of sentencesOf(examples)) {
    const other = seen.get(fold(sentence.text));
    if (other !== undefined && other.intent !== sentence.intent) {
      const what = `The same stands at ${other.place}, so that neither can be learned.`;
      throw new ExamplesError(file, {
        place: sentence.place,
        what,
        remedy: 'Take one of them away.',
      });
    }
    seen.set(fold(sentence.text), sentence);
  }
}
