/** An integer of 16 digits or more outside of quotes may lose its last digits as a number. */
const LONG_INTEGER = /[:[,]\s*-?\d{16}/;
const DIGITS = /^-?\d{16,}$/;

/** The third argument that Node 22 hands to a reviver, which TypeScript's types do not know. */
type SourceReviver = (key: string, value: unknown, context: { source?: string }) => unknown;

/**
 * `JSON.parse`, except that integers too large for a number come back as strings of all their
 * digits. Meta writes some ids as JSON numbers. The text is looked through first, because parsing
 * with a reviver takes several times as long; a match inside a string costs only that time.
 *
 * @throws SyntaxError as JSON.parse does.
 */
export function parseLosslessJson(text: string): unknown {
  if (!LONG_INTEGER.test(text)) {
    return JSON.parse(text);
  }
  try {
    return JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown);
  } catch (error) {
    if (error instanceof RangeError) {
      // Nested too deeply for a reviver, not for the parser. A number that lost digits is not a
      // safe integer, and readId takes no other.
      return JSON.parse(text);
    }
    throw error;
  }
}

const keepDigits: SourceReviver = (_key, value, { source }) =>
  typeof value === 'number' &&
  !Number.isSafeInteger(value) &&
  source !== undefined &&
  DIGITS.test(source)
    ? source
    : value;
