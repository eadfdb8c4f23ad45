/** How a greeter greets; every option has a default. */
export interface GreeterOptions {
  /** The word before the name. Default `Chào`. */
  readonly word?: string;
}

/** Greets people. */
export interface Greeter {
  /** A greeting for that person. */
  greet(name: string): string;
}

const defaults = { word: 'Chào' } as const satisfies Required<GreeterOptions>;

/**
 * Makes a greeter.
 *
 * @example
 * const greeter = createGreeter();
 * greeter.greet('Hà'); // Chào Hà!
 *
 * @throws {RangeError} when `word` is empty.
 */
export function createGreeter(options: GreeterOptions = {}): Greeter {
  const { word } = { ...defaults, ...options };
  if (word.trim() === '') throw new RangeError('word must not be empty.');
  return { greet: (name) => `${word} ${name}!` };
}
