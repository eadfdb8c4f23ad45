import { RequestError } from './errors.ts';

/** Graph writes `image_url` where this package says `imageUrl`, everywhere and at any depth. */
export function toGraphJson(value: unknown): unknown {
  return renamed(value, (key) =>
    key.replaceAll(/[A-Z]|(?<![_\d])\d+/g, (part) => `_${part.toLowerCase()}`),
  );
}

/** The other way: `profile_pic` becomes `profilePic`. */
export function fromGraphJson(value: unknown): unknown {
  return renamed(value, (key) =>
    key.replaceAll(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
  );
}

function renamed(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) {
    return value.map((item: unknown) => renamed(item, rename));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [rename(key), renamed(inner, rename)]),
  );
}

/** @throws RequestError for what JSON does not know, such as a bigint or a circle. */
export function toJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    throw new RequestError('call.body', 'must be writable as JSON.', error);
  }
}
