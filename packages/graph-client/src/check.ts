import type { z } from 'zod';

import { RequestError } from './errors.ts';

/**
 * Refuses what breaks a rule and never mends it: half a sentence to a customer is worse than an
 * error.
 *
 * @throws RequestError that names the first field that breaks a rule, starting with `name`.
 */
export function check<Value>(name: string, schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const issue = mostTelling(result.error.issues);
  throw new RequestError(fieldName(name, issue.path), `${problemOf(issue, value)}.`);
}

type Issue = z.core.$ZodIssue;

/** Where several forms are allowed, the rule that the closest of them breaks. */
function mostTelling(issues: readonly Issue[]): Issue {
  const [first] = issues;
  if (first === undefined) {
    throw new TypeError('a failed check without a problem');
  }
  if (first.code !== 'invalid_union' || first.errors.length === 0) {
    return first;
  }
  const forms = first.errors.map((problems) => ({
    size: problems.length,
    issue: mostTelling(problems),
  }));
  // The form that is meant is the one that fits best.
  const [best] = forms.toSorted(
    (one, other) => other.issue.path.length - one.issue.path.length || one.size - other.size,
  );
  const closest = best?.issue ?? first;
  const path = [...first.path, ...closest.path];
  if (closest.code !== 'invalid_value') {
    return { ...closest, path };
  }
  const values = forms.flatMap(({ issue }) => (issue.code === 'invalid_value' ? issue.values : []));
  return { ...closest, path, values };
}

function fieldName(name: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (sum, key) => (typeof key === 'number' ? `${sum}[${key}]` : `${sum}.${String(key)}`),
    name,
  );
}

/** The rule and what broke it, but never the value itself: it may be somebody's text. */
function problemOf(issue: Issue, root: unknown): string {
  const value = issue.path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    root,
  );
  switch (issue.code) {
    case 'too_big':
      return `must ${sizeRule('at most', issue.maximum, value)}`;
    case 'too_small':
      return `must ${sizeRule('at least', issue.minimum, value)}`;
    case 'invalid_value':
      return `must be one of: ${issue.values.join(', ')}`;
    case 'unrecognized_keys':
      return `must not have ${issue.keys.join(', ')}`;
    case 'invalid_type':
      return typeRule(issue, value);
    case 'invalid_format':
    case 'custom':
      return issue.message;
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    default:
      return 'has none of the allowed forms';
  }
}

function sizeRule(rule: string, limit: number | bigint, value: unknown): string {
  return Array.isArray(value)
    ? `have ${rule} ${limit} items, and has ${value.length}`
    : `be ${rule} ${limit}`;
}

function typeRule({ expected, message }: z.core.$ZodIssueInvalidType, value: unknown): string {
  if (expected === 'never') {
    return message;
  }
  return value === undefined
    ? `is missing: it must be ${expected}`
    : `must be ${expected}, and is ${typeof value}`;
}
