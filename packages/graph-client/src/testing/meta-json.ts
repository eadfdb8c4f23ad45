/**
 * JSON as Meta writes and signs it: everything outside ASCII as `\uXXXX`, and `/`, `<`, `%` and
 * `@` escaped. To a JSON parser it is the same value; to a signature it is not.
 *
 * @example
 * toMetaJson({ text: 'Bạn' }); // {"text":"B\\u1ea1n"}
 *
 * @see https://developers.facebook.com/docs/messenger-platform/webhooks#validate-payloads
 */
export function toMetaJson(value: unknown): string {
  const json: string | undefined = JSON.stringify(value);
  if (json === undefined) {
    throw new TypeError('toMetaJson needs a value that JSON knows');
  }
  return json.replaceAll(/[/<%@]|[^\x20-\x7e]/g, (unit) => special[unit] ?? escapeUnit(unit));
}

const special: Partial<Record<string, string>> = {
  '/': String.raw`\/`,
  '<': String.raw`\u003C`,
  '%': String.raw`\u0025`,
  '@': String.raw`\u0040`,
};

/** Without the regular expression's `u` flag each UTF-16 code unit comes alone, as Meta has it. */
function escapeUnit(unit: string): string {
  return String.raw`\u` + unit.charCodeAt(0).toString(16).padStart(4, '0');
}
