import { createHmac, timingSafeEqual } from 'node:crypto';

/** What may have signed a request, and how old it may be. */
export interface SignedRequestOptions {
  /** The app's secrets: one, or several while one replaces another. Empty ones never match. */
  secrets: readonly string[];
  /**
   * The time, in ms since 1970; a request that claims to be made more than five minutes later is
   * refused. Without it the age is not looked at.
   */
  nowMs?: number;
  /** How old the request may be, in ms. Without it the age is not looked at. */
  maxAgeMs?: number;
}

/** Who asks, or why nobody does. */
export type SignedRequest =
  | {
      kind: 'valid';
      /** The person's id, digits; scoped to the app, so that it is not their id on a Page. */
      userId: string;
      /** When Meta made the request, in ms since 1970, to the second. */
      issuedAtMs: number;
    }
  | {
      kind: 'refused';
      /**
       * - `malformed`: no two parts of base64url, or more than 8,192 characters.
       * - `signature`: none of the secrets has signed it.
       * - `payload`: what is signed is no JSON object with `algorithm` HMAC-SHA256, `user_id` and
       *   `issued_at`.
       * - `expired`: older than `maxAgeMs`.
       * - `future`: made more than five minutes after `nowMs`.
       */
      reason: 'malformed' | 'signature' | 'payload' | 'expired' | 'future';
    };

const MOST_CHARACTERS = 8_192;
/** By how much Meta's clock may be ahead of ours. */
const MOST_AHEAD_MS = 5 * 60_000;
/** 32 bytes of signature, a point, JSON: both in base64url without padding. */
const FORM = /^([\w-]{43})\.([\w-]+)$/;
const USER_ID = /^\d{1,32}$/;

/**
 * Reads the `signed_request` with which Meta calls the data deletion and the deauthorize address of an
 * app: `<signature>.<payload>`, both in base64url, the signature being the HMAC-SHA256 of the payload
 * as it was sent, keyed with the app's secret. The signature is compared in constant time with that of
 * each secret, and nothing of the payload is read before. Never throws. Of the payload's other fields
 * one is a token; none is answered.
 *
 * @example
 * const text = new URLSearchParams(body.toString()).get('signed_request') ?? '';
 * const request = parseSignedRequest(text, { secrets: [appSecret] });
 * if (request.kind === 'valid') await forget(request.userId);
 *
 * @see https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
 */
export function parseSignedRequest(
  text: string,
  { secrets, nowMs, maxAgeMs }: SignedRequestOptions,
): SignedRequest {
  if (typeof text !== 'string' || text.length > MOST_CHARACTERS) return refused('malformed');
  const [, signature = '', payload = ''] = FORM.exec(text) ?? [];
  if (payload === '') return refused('malformed');
  if (!isSigned(signature, payload, secrets)) return refused('signature');
  const read = readPayload(payload);
  if (read === undefined) return refused('payload');
  const ageMs = (nowMs ?? read.issuedAtMs) - read.issuedAtMs;
  if (ageMs < -MOST_AHEAD_MS) return refused('future');
  return ageMs > (maxAgeMs ?? Infinity) ? refused('expired') : { kind: 'valid', ...read };
}

function isSigned(signature: string, payload: string, secrets: readonly string[]): boolean {
  const claimed = Buffer.from(signature);
  let matches = false;
  for (const secret of secrets) {
    // Anybody can sign with an empty key.
    const usable = secret !== '';
    const expected = createHmac('sha256', secret).update(payload).digest('base64url');
    // As text: of a last character base64 reads only some bits, so several would stand for one.
    matches = (timingSafeEqual(claimed, Buffer.from(expected)) && usable) || matches;
  }
  return matches;
}

function readPayload(payload: string): { userId: string; issuedAtMs: number } | undefined {
  const read = jsonOf(Buffer.from(payload, 'base64url').toString());
  if (typeof read !== 'object' || read === null) return undefined;
  const { algorithm, user_id: userId, issued_at: issuedAt } = read as Record<string, unknown>;
  if (typeof algorithm !== 'string' || algorithm.toUpperCase() !== 'HMAC-SHA256') return undefined;
  // A number would have lost digits by now.
  if (typeof userId !== 'string' || !USER_ID.test(userId)) return undefined;
  const issuedAtMs = typeof issuedAt === 'number' && issuedAt > 0 ? issuedAt * 1_000 : 0;
  return Number.isSafeInteger(issuedAtMs) && issuedAtMs > 0 ? { userId, issuedAtMs } : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const refused = (reason: (SignedRequest & { kind: 'refused' })['reason']): SignedRequest => ({
  kind: 'refused',
  reason,
});
