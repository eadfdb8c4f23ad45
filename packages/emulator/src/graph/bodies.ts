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

/** Nothing that Graph takes is nested as deeply, and JSON.stringify fails from some thousands on. */
const DEEPEST = 100;

/** Undefined for what is no JSON, or too deeply nested to be told again. */
export function valueOf(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return isDeeper(value, DEEPEST) ? undefined : value;
  } catch {
    return undefined;
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}
