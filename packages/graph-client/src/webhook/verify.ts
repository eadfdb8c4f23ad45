import { createHmac, timingSafeEqual } from 'node:crypto';

/** A delivery's bytes, what its header claims, and the secrets that may have signed it. */
export interface SignedBody {
  /** The exact bytes as received; Meta signs its own escaped form, so never a rebuilt body. */
  body: Uint8Array;
  /** Value of `X-Hub-Signature-256`. */
  header: string | undefined;
  /** The app's secrets: one, or several while one replaces another. Empty ones never match. */
  secrets: readonly string[];
}

/** Checked first: then what is compared has one length. */
const FORM = /^sha256=[0-9a-f]{64}$/;

/**
 * Whether a delivery comes from Meta: `sha256=` and the HMAC-SHA256 of the bytes, keyed with the
 * app's secret. Every secret is computed and compared in constant time, so the time taken does
 * not tell which one fits.
 *
 * @example
 * const header = request.headers['x-hub-signature-256'];
 * if (!verifySignature({ body, header, secrets: [appSecret] })) return reply(401);
 *
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
export function verifySignature({ body, header, secrets }: SignedBody): boolean {
  if (typeof header !== 'string' || !FORM.test(header)) {
    return false;
  }
  const claimed = Buffer.from(header);
  let matches = false;
  for (const secret of secrets) {
    // Anybody can sign with an empty key.
    const usable = secret !== '';
    const digest = createHmac('sha256', secret).update(body).digest('hex');
    const expected = Buffer.from(`sha256=${digest}`);
    matches = (timingSafeEqual(claimed, expected) && usable) || matches;
  }
  return matches;
}
