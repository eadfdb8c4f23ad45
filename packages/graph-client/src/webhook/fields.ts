/** A JSON object of unknown content. Read only known keys of it, by name. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own field of an object; never something inherited, whatever the name. */
export function readField(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function readString(value: unknown, name: string): string | undefined {
  const field = readField(value, name);
  return typeof field === 'string' ? field : undefined;
}

/** A string, or the digits of a number: Meta writes names and ids of its own either way. */
export function readText(value: unknown, name: string): string | undefined {
  return readString(value, name) ?? readId(value, name);
}

const ID = /^\d{1,32}$/;

/** An id as digits, whether it came as a string or as a number that lost none of them. */
export function readId(value: unknown, name: string): string | undefined {
  const field = readField(value, name);
  const digits = typeof field === 'number' && Number.isSafeInteger(field) ? String(field) : field;
  return typeof digits === 'string' && ID.test(digits) ? digits : undefined;
}

export function readNumber(value: unknown, name: string): number | undefined {
  const field = readField(value, name);
  return typeof field === 'number' && Number.isFinite(field) ? field : undefined;
}

/** Seconds until the year 5138 and milliseconds from 1973 on lie on different sides of this. */
const SECONDS_BELOW = 1e11;
const MILLISECONDS_BELOW = 1e14;

/** A time in milliseconds; Meta writes milliseconds, seconds, and either as a string. */
export function readTime(value: unknown, name: string): number | undefined {
  const field = readField(value, name);
  const time =
    typeof field === 'string' && /^\d{1,16}(?:\.\d{1,9})?$/.test(field) ? Number(field) : field;
  if (typeof time !== 'number' || !(time > 0) || time >= MILLISECONDS_BELOW) {
    return undefined;
  }
  return Math.trunc(time < SECONDS_BELOW ? time * 1000 : time);
}

/** The items of a list, whatever they are; none, when there is no list. */
export function readList(value: unknown, name: string): readonly unknown[] {
  const field = readField(value, name);
  return Array.isArray(field) ? field : [];
}

/** The objects among the items of a list. */
export function readObjects(value: unknown, name: string): JsonObject[] {
  return readList(value, name).filter(isObject);
}

/** The object with only those fields that are there. */
export function present<Fields extends Record<string, unknown>>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  const found: Partial<Record<string, unknown>> = {};
  for (const name in fields) {
    if (fields[name] !== undefined) {
      found[name] = fields[name];
    }
  }
  return found as { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };
}
