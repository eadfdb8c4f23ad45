/** The part of `@nlpjs/neural`, which brings no types, that is used here. */
declare module '@nlpjs/neural' {
  type Weighted = Readonly<Record<string, number>>;

  interface Json {
    readonly settings: Weighted;
    readonly features: readonly string[];
    readonly intents: readonly string[];
    readonly perceptrons: readonly (readonly number[])[];
  }

  export class NeuralNetwork {
    constructor(settings?: { readonly iterations: number; readonly learningRate: number });
    train(corpus: readonly { readonly input: Weighted; readonly output: Weighted }[]): void;
    /** The same object in every run. */
    run(input: Weighted): Record<string, number>;
    toJSON(): Json;
    fromJSON(json: Json): void;
  }
}
