import { createHmac } from 'node:crypto';

/**
 * Proof that a call comes from somebody who holds the app's secret and not only a token:
 * HMAC-SHA256 of the token, keyed with the secret, in hex.
 *
 * @see https://developers.facebook.com/docs/facebook-login/security#proof
 */
export function appSecretProof(accessToken: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(accessToken).digest('hex');
}
