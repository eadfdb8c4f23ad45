import type { z } from 'zod';
import type { Wrong } from './errors.ts';

/** What a JSON text of this form holds, or the first thing that is wrong with it. */
export function readJson<Value>(
  json: string,
  schema: z.ZodType<Value>,
): { readonly value: Value } | { readonly wrong: Omit<Wrong, 'remedy'> } {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (cause) {
    return { wrong: { place: placeOf(json), what: 'This is no JSON.', cause } };
  }
  const { success, data: value, error } = schema.safeParse(data);
  if (success) return { value };
  const [first] = error.issues;
  return { wrong: { place: pathOf(first?.path ?? []), what: `${reasonOf(first)}.` } };
}

/** What is wrong with a name is told by an issue inside. */
function reasonOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_key') return reasonOf(issue.issues[0]);
  return issue?.message ?? 'It is of another form';
}

/** Where it stops being the beginning of any JSON: Node says so only of some mistakes. */
function placeOf(json: string): string {
  let [good, bad] = [0, json.length + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isBeginning(json.slice(0, middle))) good = middle;
    else bad = middle;
  }
  const before = json.slice(0, good).split('\n');
  return `line ${before.length} column ${(before.at(-1) ?? '').length + 1}`;
}

function isBeginning(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch (error) {
    const { message } = error as SyntaxError;
    const position = /at position (\d+)/.exec(message)?.[1];
    return /^(Unexpected end|Unterminated)/.test(message) || Number(position) === json.length;
  }
}

function pathOf(path: readonly PropertyKey[]): string | undefined {
  if (path.length === 0) return undefined;
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .slice(1);
}
