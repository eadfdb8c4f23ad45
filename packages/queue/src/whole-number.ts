import { InputError } from './errors.ts';

/** @throws {InputError} naming the option, the rule and the value. */
export function assertWhole(
  option: string,
  value: number,
  least: number,
  most: number = Infinity,
): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const range = most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new InputError(`${option} must be a whole number ${range}, got ${value}.`);
}
