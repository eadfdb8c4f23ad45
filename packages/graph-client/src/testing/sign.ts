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
