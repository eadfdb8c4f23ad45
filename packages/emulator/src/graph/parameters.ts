import { z } from 'zod';
import { badParameter } from './errors.ts';

/**
 * A string. Meta does not say the unit of its limits: the stricter one, UTF-16 code units, holds;
 * zod's own `max` counts code points.
 */
export function atMost(limit: number): z.ZodString {
  return z
    .string()
    .refine(({ length }) => length <= limit, `must have at most ${limit} characters`);
}

/** Something to read. */
export function text(limit: number = Infinity): z.ZodString {
  return atMost(limit).regex(/\S/, 'must be a non-empty UTF-8 encoded string');
}

/** A string of this form; `rule` goes on from "must be". */
export function formed(pattern: RegExp, rule: string): z.ZodString {
  return z.string().regex(pattern, `must be ${rule}`);
}

export const id: z.ZodString = formed(/^\d+$/, 'an id of digits');
export const httpUrl: z.ZodURL = z.url({ protocol: /^https?$/ });

/** The object with the rule that exactly one of these parameters is given. */
export function exactlyOne<S extends z.ZodObject>(object: S, names: (keyof S['shape'])[]): S {
  return object.refine(
    (value) => names.filter((name) => value[name as string] !== undefined).length === 1,
    `must have exactly one of {${names.join(', ')}}`,
  );
}

/** Reads parameters by their schema; refuses the first wrong one by its name. */
export function parseParameters<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value, { error: ruleOf });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw badParameter('Invalid parameter');
  const strange = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const [first = 'body', ...rest] = [...issue.path, ...strange].map(String);
  const name = first + rest.map((part) => `[${part}]`).join('');
  const subcode: unknown = issue.code === 'custom' ? issue.params?.['subcode'] : undefined;
  throw badParameter(
    `Param ${name} ${issue.message}`,
    typeof subcode === 'number' ? subcode : undefined,
  );
}

/** Says the rule and never the value, which may be what a person reads. */
function ruleOf(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined ? 'must be given' : `must be of type ${issue.expected}`;
  }
  if (issue.code === 'too_big') {
    return `must have at most ${issue.maximum} ${unitOf(issue.origin)}`;
  }
  if (issue.code === 'too_small') {
    return `must have at least ${issue.minimum} ${unitOf(issue.origin)}`;
  }
  if (issue.code === 'unrecognized_keys') return 'must not be given here';
  if (issue.code === 'invalid_value') return `must be one of {${issue.values.join(', ')}}`;
  if (issue.code === 'invalid_union') {
    return `must be one of {${[issue.options].flat().join(', ')}}`;
  }
  return 'must be an http or https address';
}

function unitOf(origin: string): string {
  return origin === 'array' ? 'elements' : 'as its value';
}
