// Packages that are checked beside this one by its sources see the types of the library only so.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./nlpjs-neural.d.ts" />
export { NeuralNetwork } from '@nlpjs/neural';

/** What `@nlpjs/neural` learned. */
export interface NetworkJson {
  readonly settings: Readonly<Record<string, number>>;
  readonly features: readonly string[];
  readonly intents: readonly string[];
  /** Of each intent: the weight of each feature, and the bias behind them. */
  readonly perceptrons: readonly (readonly number[])[];
}
