import { createHmac } from 'node:crypto';

/**
 * The `X-Hub-Signature-256` that Meta would send with these bytes.
 *
 * @example
 * const body = deliveryBody(textDelivery({ pageId, psid, mid, text: 'xin chào', timestamp }));
 * await fetch(url, {
 *   method: 'POST',
 *   headers: { 'x-hub-signature-256': signDelivery(body, appSecret) },
 *   body,
 * });
 */
export function signDelivery(body: Uint8Array | string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/**
 * The `signed_request` with which Meta would call the data deletion address of an app.
 *
 * @param asked `userId`: who asks to be forgotten. `issuedAtMs`: when, in ms since 1970; Meta says it
 *   to the second.
 *
 * @example
 * const signed_request = signRequest({ userId: '218471', issuedAtMs: Date.now() }, appSecret);
 * await fetch(url, { method: 'POST', body: new URLSearchParams({ signed_request }) });
 */
export function signRequest(
  asked: { readonly userId: string; readonly issuedAtMs: number },
  secret: string,
): string {
  const issuedAt = Math.floor(asked.issuedAtMs / 1_000);
  const payload = { algorithm: 'HMAC-SHA256', user_id: asked.userId, issued_at: issuedAt };
  const encoded = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${createHmac('sha256', secret).update(encoded).digest('base64url')}.${encoded}`;
}
