import { z } from 'zod';

/** A variable of the environment that is a whole number, `least` or more. */
export function wholeNumber(least: number): z.ZodCoercedNumber {
  const rule = `must be a whole number of at least ${least}.`;
  return z.coerce.number(rule).int(rule).min(least, rule);
}
