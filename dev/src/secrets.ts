import { randomBytes } from 'node:crypto';

/** A new secret of 32 hex digits, the form of an app secret of Meta's. */
export function newSecret(): string {
  return randomBytes(16).toString('hex');
}
