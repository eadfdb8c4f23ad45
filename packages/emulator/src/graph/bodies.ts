/** Parameters by their names. */
export type Fields = Readonly<Record<string, unknown>>;

/** What JSON says; nothing when it is none: Graph then misses the parameters. */
export function fieldsOf(json: string): Fields {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : {};
  } catch {
    return {};
  }
}

/** What a multipart form says: files as they are, and values that are JSON objects read. */
export async function formOf(bytes: Buffer, contentType: string): Promise<Fields> {
  const headers = { 'content-type': contentType };
  try {
    const form = await new Response(bytes, { headers }).formData();
    return Object.fromEntries(
      [...form].map(([name, value]) => [
        name,
        typeof value === 'string' && value.startsWith('{') ? fieldsOf(value) : value,
      ]),
    );
  } catch {
    return {};
  }
}
