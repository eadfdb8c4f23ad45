/** Parameters by their names. */
export type Fields = Readonly<Record<string, unknown>>;

/** What JSON says; nothing when it is none: Graph then misses the parameters. */
export function fieldsOf(json: string): Fields {
  const value = valueOf(json);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

/** A form's parameters: what is an object or a list is written as JSON in it. */
export function formFields(entries: Iterable<readonly [string, unknown]>): Fields {
  return Object.fromEntries(
    [...entries].map(([name, value]) => [
      name,
      // The one text of ours that may itself be JSON.
      typeof value === 'string' && /^[[{]/.test(value) && name !== 'metadata'
        ? (valueOf(value) ?? value)
        : value,
    ]),
  );
}

/** What a multipart form says, files as they are. */
export async function multipartFields(bytes: Buffer, contentType: string): Promise<Fields> {
  const headers = { 'content-type': contentType };
  try {
    // The types of a browser, which the chat page is checked with, refuse shared memory.
    const body = bytes as Buffer<ArrayBuffer>;
    return formFields(await new Response(body, { headers }).formData());
  } catch {
    return {};
  }
}

/** Undefined for what is no JSON. */
export function valueOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
