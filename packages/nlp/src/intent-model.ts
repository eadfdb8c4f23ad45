import { z } from 'zod';
import { ModelError } from './errors.ts';
import type { Terms } from './examples.ts';
import { readJson } from './json-file.ts';
import { NeuralNetwork, type NetworkJson } from './neural-network.ts';

/** What was learned from examples; plain data, for a file. */
export interface IntentModel {
  readonly version: typeof MODEL_VERSION;
  /** SHA-256 of the examples, in hex: tells whether a model is of these. */
  readonly examples: string;
  readonly intents: readonly string[];
  readonly terms: Terms;
  /** Of `@nlpjs/neural`; its outputs are indexes of `intents`, and one behind them for none. */
  readonly network: NetworkJson;
}

/** Another one whenever the features or the network change: a model fits the code it was trained by. */
export const MODEL_VERSION = 1;

const terms = z.record(z.string(), z.record(z.string(), z.array(z.string())));
const schema = z
  .object({
    version: z.literal(MODEL_VERSION, `The version must be ${MODEL_VERSION}`),
    examples: z.string(),
    intents: z.array(z.string()),
    terms,
    network: z.object({
      settings: z.record(z.string(), z.number()),
      features: z.array(z.string()),
      intents: z.array(z.string()),
      perceptrons: z.array(z.array(z.number())),
    }),
  })
  .refine(
    ({ intents, network }) =>
      network.intents.every((key) => Number(key) <= intents.length) &&
      network.perceptrons.length === network.intents.length &&
      network.perceptrons.every(({ length }) => length === network.features.length + 1),
    'Its parts do not fit together',
  );

/** A model as `bot intents train` writes it: the same model, the same bytes. */
export function formatModel(model: IntentModel): string {
  return `${JSON.stringify(model)}\n`;
}

/**
 * Reads what {@link formatModel} wrote.
 *
 * @param file Its name, for errors.
 *
 * @throws {ModelError} It is cut off, of another form, or of another version.
 */
export function readModel(json: string, file: string): IntentModel {
  const read = readJson(json, schema);
  if ('value' in read) return read.value;
  throw new ModelError(file, { ...read.wrong, remedy: '`bot intents train` writes it anew.' });
}

/** The network of a model, ready to run. */
export function networkOf({ network }: IntentModel): NeuralNetwork {
  const made = new NeuralNetwork();
  made.fromJSON(network);
  return made;
}
