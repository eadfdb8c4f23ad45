import { readFile } from 'node:fs/promises';
import type { Intent, Recogniser } from '@bot/handlers';
import { confidenceOf } from './confidence.ts';
import { ModelError } from './errors.ts';
import { featuresOf } from './features.ts';
import { type IntentModel, networkOf, readModel } from './intent-model.ts';

/** How sure a {@link createLocalRecogniser | local recogniser} must be. */
export interface LocalRecogniserOptions {
  /**
   * From 0 to 1, default 0.6, as a router's `intent` asks for: with less confidence it has no idea
   * rather than a wrong one. The README shows what that costs and spares.
   */
  readonly atLeast?: number;
}

/** Knows intents by what it learned, with nothing but the processor. */
export interface LocalRecogniser extends Recogniser {
  /** All intents, the likeliest first; `undefined` among them stands for none of them. */
  guess(text: string): readonly Guess[];
  /** What `recognise` answers, without waiting: none when it is not sure enough. */
  intents(text: string): readonly Intent[];
}

/** How much speaks for one intent. */
export interface Guess {
  readonly name: string | undefined;
  /** From 0 to 1: of the likeliest guesses with this confidence, about this share is right. */
  readonly confidence: number;
}

const defaults = { atLeast: 0.6 } as const satisfies Required<LocalRecogniserOptions>;

/**
 * Makes a recogniser of a model. It always answers the same, within a millisecond or two, whatever
 * the text is.
 *
 * @example
 * const recogniser = createLocalRecogniser(await loadModel('model.json'));
 * createBot({ recogniser: firstOf(recogniser, createKeywordRecogniser({ price: ['giá'] })) });
 *
 * @throws {RangeError} when `atLeast` is not from 0 to 1.
 */
export function createLocalRecogniser(
  model: IntentModel,
  options: LocalRecogniserOptions = {},
): LocalRecogniser {
  const { atLeast } = { ...defaults, ...options };
  if (!(atLeast >= 0 && atLeast <= 1)) {
    throw new RangeError(`atLeast must be from 0 to 1, and not ${atLeast}.`);
  }
  const network = networkOf(model);
  return { guess, intents, recognise: async ({ text }) => intents(text) };

  function guess(text: string): readonly Guess[] {
    return Object.entries(network.run(featuresOf(text)))
      .map(([key, score]) => ({
        name: model.intents[Number(key)],
        confidence: confidenceOf(score),
      }))
      .toSorted((one, other) => other.confidence - one.confidence);
  }

  function intents(text: string): readonly Intent[] {
    const sure: Intent[] = [];
    for (const { name, confidence } of guess(text)) {
      if (name === undefined || confidence < atLeast) break;
      sure.push({ name, confidence });
    }
    return sure;
  }
}

/**
 * Reads a model that `bot intents train` wrote. Do it at the start, not in a turn.
 *
 * @throws {ModelError} in one line: the file cannot be read, or holds no model of this version.
 */
export async function loadModel(file: string): Promise<IntentModel> {
  let json: string;
  try {
    json = await readFile(file, 'utf8');
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    const what = `It cannot be read (${code}).`;
    throw new ModelError(file, { what, remedy: '`bot intents train` writes it.', cause });
  }
  return readModel(json, file);
}

/** What {@link openLocalRecogniser} takes. */
export interface OpenLocalRecogniserOptions extends LocalRecogniserOptions {
  /** The model's file. */
  readonly file: string;
  /** Answers as long as the model is broken, such as a keyword recogniser. */
  readonly instead: Recogniser;
  /** Is told why, once. */
  readonly report: (error: ModelError) => void;
}

/**
 * Makes a recogniser of a file. If that is broken, it reports so and answers by `instead`: the bot
 * starts, and no message is lost or waits.
 *
 * @example
 * const recogniser = await openLocalRecogniser({
 *   file: 'model.json',
 *   instead: createKeywordRecogniser({ price: ['giá'] }),
 *   report: (error) => log.error({ err: error }, 'the model is not used'),
 * });
 */
export async function openLocalRecogniser({
  file,
  instead,
  report,
  ...options
}: OpenLocalRecogniserOptions): Promise<Recogniser> {
  try {
    return createLocalRecogniser(await loadModel(file), options);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    report(error);
    return instead;
  }
}
