/** Integers from 9,000,000,000,000,000 on may lose their last digits as numbers. */
const LONG_INTEGER = /[:[,]\s*-?(?:9\d{15}|\d{17})/;

/**
 * A string, or an integer that may be too long. Only with the strings does one know what stands
 * outside of them; a string without end is taken to the end, for a second try from each quote
 * within it would take the square of the time.
 */
const STRING_OR_LONG_INTEGER = /"[^"\\]*(?:\\.[^"\\]*)*"?|(?<=[:,[\s])-?[1-9]\d{15,}(?=[\s,}\]])/gs;

/**
 * `JSON.parse`, except that integers too large for a number come back as strings of all their
 * digits. Meta writes some ids as JSON numbers. Most deliveries have none so long and are parsed
 * as they are; a match inside a string costs only the time.
 *
 * @throws SyntaxError as JSON.parse does.
 */
export function parseLosslessJson(text: string): unknown {
  return JSON.parse(
    LONG_INTEGER.test(text) ? text.replaceAll(STRING_OR_LONG_INTEGER, keepDigits) : text,
  );
}

function keepDigits(token: string): string {
  return token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`;
}
