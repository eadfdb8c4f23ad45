import { createHash } from 'node:crypto';
import { type Examples, sentencesOf } from './examples.ts';
import { featuresOf } from './features.ts';
import { MODEL_VERSION, type IntentModel } from './intent-model.ts';
import { NeuralNetwork, type NetworkJson } from './neural-network.ts';

// Found by cross-validation over examples/support/examples.json.
const ITERATIONS = 40;
const LEARNING_RATE = 0.4;
/** Hundredths say as much as more digits do, and the file is half as large. */
const STEPS = 100;

/**
 * Learns from examples: seconds of work at one go, so do it beforehand and not where messages wait.
 * The same examples give the same model, to the bit, on every machine.
 *
 * @example
 * const model = trainModel(readExamples(await readFile('examples.json', 'utf8'), 'examples.json'));
 */
export function trainModel(examples: Examples): IntentModel {
  const intents = Object.keys(examples.intents);
  const corpus = mixed(examples).map(({ text, intent }) => ({
    input: featuresOf(text),
    // Indexes, for a name such as `constructor` would be found in any object.
    output: { [intent === undefined ? intents.length : intents.indexOf(intent)]: 1 },
  }));
  const network = new NeuralNetwork({ iterations: ITERATIONS, learningRate: LEARNING_RATE });
  network.train(corpus);
  return {
    version: MODEL_VERSION,
    examples: createHash('sha256').update(JSON.stringify(examples)).digest('hex'),
    intents,
    terms: examples.terms,
    network: shortened(network.toJSON()),
  };
}

/** Those of one intent spread evenly: a network that sees them in a row forgets what came before. */
function mixed(examples: Examples): { text: string; intent: string | undefined }[] {
  const sentences = [...sentencesOf(examples)];
  const counts = Map.groupBy(sentences, ({ intent }) => intent);
  return [...counts.values()]
    .flatMap((group) => group.map((one, index) => ({ ...one, at: (index + 0.5) / group.length })))
    .toSorted((one, other) => one.at - other.at);
}

/** Weights rounded, and without the features that then say nothing. */
function shortened({ settings, features, intents, perceptrons }: NetworkJson): NetworkJson {
  const rounded = perceptrons.map((row) =>
    row.map((weight) => Math.round(weight * STEPS) / STEPS || 0),
  );
  const says = features.map((_, index) => rounded.some((row) => row[index] !== 0));
  return {
    settings,
    features: features.filter((_, index) => says[index]),
    intents,
    perceptrons: rounded.map((row) => row.filter((_, index) => says[index] ?? true)),
  };
}
