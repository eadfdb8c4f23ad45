import { InputError } from './errors.ts';

/** @throws {InputError} naming the option, the rule and the value. */
export function assertWhole(option: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new InputError(`${option} must be a whole number of at least ${least}, got ${value}.`);
}
