import { z } from 'zod';

/** A Page as the operator set it up. */
export interface PageSettings {
  readonly accessToken: string;
  /** For logs and tables. */
  readonly name?: string | undefined;
  /** Proves the app that the token is of, when it is another than the others'. */
  readonly appSecret?: string | undefined;
  /** Most sends a second of each worker process. Default: what Meta's usage headers allow. */
  readonly sendsPerSecond?: number | undefined;
}

/** What is wrong with the file of Pages, in one line, and never with a value of it. */
export class PagesError extends Error {
  override readonly name = 'PagesError';
}

const secret = z.string().regex(/^[\x21-\x7e]+$/, 'must have no spaces');

const page = z.strictObject({
  id: z.string().regex(/^\d{1,32}$/, 'must be the id of a Page, digits in quotes'),
  accessToken: secret,
  name: z.string().min(1).max(200).optional(),
  appSecret: secret.min(8).optional(),
  sendsPerSecond: z.number().positive().max(300).optional(),
});

const file = z
  .array(page)
  .min(1, 'must list at least one Page')
  .refine((pages) => new Set(pages.map(({ id }) => id)).size === pages.length, {
    error: 'must list each Page once',
  });

/**
 * Reads `[{"id": "…", "accessToken": "…"}]`; answers the Pages by their ids.
 *
 * @throws {PagesError} for the first thing that is wrong, by its place.
 */
export function parsePages(text: string): ReadonlyMap<string, PageSettings> {
  const read = file.safeParse(jsonOf(text));
  if (read.success) return new Map(read.data.map(({ id, ...settings }) => [id, settings]));
  const [issue] = read.error.issues;
  const place = issue?.path.map((part) => `[${String(part)}]`).join('') ?? '';
  throw new PagesError(`${place && `${place} `}${issue?.message ?? 'is wrong'}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What JSON.parse says quotes the text, and that may be a token.
    throw new PagesError('is no JSON');
  }
}
