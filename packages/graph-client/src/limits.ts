import { z } from 'zod';

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

/**
 * A text of at most so many UTF-16 code units, and not empty unless `least` is 0. zod's own `max`
 * counts code points.
 */
export function text(most: number, least = 1): z.ZodString {
  return z.string().superRefine(({ length }, context) => {
    if (length < least || length > most) {
      const rule = length < least ? `at least ${least}` : `at most ${most}`;
      const message = `must have ${rule} characters, and has ${length}`;
      context.addIssue({ code: 'custom', message });
    }
  });
}

/** An id of Meta's as digits. */
export const id: z.ZodString = z.string().regex(ID, 'must be an id: a string of 1 to 32 digits');

/** An address that Meta or a person's browser opens. */
export const httpUrl: z.ZodString = text(2048).regex(
  /^https?:\/\/[^\s/?#]+\S*$/,
  'must be an http or https address',
);
