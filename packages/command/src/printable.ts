/**
 * Control characters, those of bidirectional writing among them: what people and Meta wrote must not
 * steer the operator's terminal.
 */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const STEERING = /[\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]/g;

/** The text on one line and without power over a terminal: `\u001b` for an escape, as in JSON. */
export function printable(text: string): string {
  return text.replaceAll(
    STEERING,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
