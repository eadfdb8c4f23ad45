/** Takes what must not be printed out of a sentence that somebody else wrote. */
export type Redact = (sentence: string, texts?: readonly string[]) => string;

const LONGEST = 500;
const TOKEN_LIKE = /\bEAA[A-Za-z0-9_-]{16,}/g;

/**
 * Graph's messages quote what they complain about, a malformed access token among them, so they
 * are cleaned before they become part of an error.
 */
export function createRedact(secrets: readonly (string | undefined)[]): Redact {
  const known = secrets.filter((secret) => secret !== undefined);
  return (sentence, texts = []) => {
    let clean = sentence;
    // Longest first: a secret that holds another must not leave its ends behind.
    const hidden = [...known, ...texts.filter((text) => text.length > 3)].toSorted(
      (one, other) => other.length - one.length,
    );
    for (const value of hidden) {
      clean = clean.replaceAll(value, '[hidden]');
    }
    return clean.replaceAll(TOKEN_LIKE, '[hidden]').slice(0, LONGEST);
  };
}

/** Every string inside a message, so that none of them is quoted back. */
export function textsIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  if (typeof value !== 'object' || value === null || depth > 8) {
    return [];
  }
  return Object.values(value).flatMap((inner: unknown) => textsIn(inner, depth + 1));
}
