import { createHmac, timingSafeEqual } from 'node:crypto';

/** 132 of the 256 bits: enough to keep anybody from guessing, and a button has little room. */
const LENGTH = 22;

/** HMAC-SHA256 as base64url, cut to 22 characters. */
export function sign(payload: string, secret: string): string {
  return createHmac('sha256', secret).update(payload).digest('base64url').slice(0, LENGTH);
}

/** Compared in constant time, so that nobody can guess a signature bit by bit. */
export function isSignedBy(
  payload: string,
  signature: string,
  secrets: readonly string[],
): boolean {
  const given = Buffer.from(signature);
  return (
    given.length === LENGTH &&
    // UTF-8 makes U+FFFD of every lone surrogate, which would so share its signature.
    payload.isWellFormed() &&
    secrets.some((secret) => timingSafeEqual(Buffer.from(sign(payload, secret)), given))
  );
}
