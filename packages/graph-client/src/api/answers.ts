import { z } from 'zod';

import { badResponse } from '../answer.ts';
import { fromGraphJson } from '../graph-json.ts';

/**
 * An answer of Graph's in the form that the caller needs.
 *
 * @throws TransportError of reason `bad-response`: something else than Graph answered.
 */
export function read<Value>(schema: z.ZodType<Value>, answer: unknown, call: string): Value {
  const result = schema.safeParse(answer);
  if (!result.success) {
    const field = result.error.issues[0]?.path.join('.') ?? '';
    throw badResponse(call, 200, `has no ${field === '' ? 'known form' : `usable ${field}`}`);
  }
  return result.data;
}

/** The same, with Graph's `profile_pic` written `profilePic`. */
export function readRenamed<Value>(schema: z.ZodType<Value>, answer: unknown, call: string): Value {
  return read(schema, fromGraphJson(answer), call);
}

/** An id, which Graph writes as a string nearly everywhere. */
export const answeredId: z.ZodType<string> = z.union([z.string(), z.int()]).transform(String);

/** A field that may be absent, or of a form that nobody foresaw: then it is absent, too. */
export function maybe<Value>(schema: z.ZodType<Value>): z.ZodType<Value | undefined> {
  return schema.optional().catch(undefined);
}
