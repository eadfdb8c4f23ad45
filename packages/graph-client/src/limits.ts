import { RequestError } from './errors.ts';

/**
 * Longest `message.text`, in UTF-16 code units. Meta says "2000 characters" and not which kind;
 * code units are never fewer than code points, so a text that passes here passes in both
 * readings. Accented Vietnamese letters count one each, most emoji two.
 */
export const MAX_TEXT_LENGTH = 2000;

/** Longest `message.metadata`, counted in the same way. */
export const MAX_METADATA_LENGTH = 1000;

const ID = /^\d{1,32}$/;

/** An id of Meta's: 1 to 32 digits, always handled as a string. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

export function checkId(field: string, value: unknown): void {
  if (!isId(value)) {
    throw new RequestError(field, 'must be an id: a string of 1 to 32 digits.');
  }
}

/** Refuses, never truncates: half a sentence to a customer is worse than an error. */
export function checkText(
  field: string,
  value: unknown,
  limit: { min: number; max: number },
): void {
  if (typeof value !== 'string') {
    throw new RequestError(field, `must be a string, and is ${typeof value}.`);
  }
  if (value.length < limit.min || value.length > limit.max) {
    throw new RequestError(
      field,
      `must have ${limit.min} to ${limit.max} characters, and has ${value.length}.`,
    );
  }
}

export function checkOneOf(field: string, value: unknown, allowed: readonly string[]): void {
  if (typeof value !== 'string' || !allowed.includes(value)) {
    throw new RequestError(field, `must be one of: ${allowed.join(', ')}.`);
  }
}
