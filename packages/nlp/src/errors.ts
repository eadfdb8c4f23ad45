/** Base of what this package throws; the message is one line: which file, what, where, what to do. */
export abstract class NlpError extends Error {
  abstract readonly kind: 'examples' | 'model';
  /** The file that is wrong. */
  readonly file: string;
  /** Where in it, such as `intents.price.examples[3]` or `line 4 column 7`. */
  readonly place: string | undefined;

  constructor(file: string, { place, what, remedy, cause }: Wrong) {
    super(`${[file, place].filter(Boolean).join(', ')}: ${what} ${remedy}`, { cause });
    this.file = file;
    this.place = place;
  }
}

/** What is wrong with a file, in sentences. */
export interface Wrong {
  readonly place?: string | undefined;
  readonly what: string;
  readonly remedy: string;
  readonly cause?: unknown;
}

/** A file of examples that nothing can be learned from. */
export class ExamplesError extends NlpError {
  override readonly name = 'ExamplesError';
  readonly kind = 'examples';
}

/** A model that cannot be used: missing, cut off, or of another version. */
export class ModelError extends NlpError {
  override readonly name = 'ModelError';
  readonly kind = 'model';
}
