import { deliveryBody, signDelivery, textDelivery } from '@bot/graph-client/testing';

/** What one POST to the webhook came to. */
export interface Posted {
  /** 0 when no answer came. */
  readonly status: number;
  readonly retryAfter: string | null;
  readonly tookMs: number;
}

/** Posts deliveries of one person's texts, each a new one, as Meta would. */
export function createMeta(url: string, appSecret: string): { post(): Promise<Posted> } {
  let sent = 0;
  return {
    async post() {
      sent += 1;
      const body = deliveryBody(
        textDelivery({
          pageId: '100000000000001',
          psid: '24000000000000001',
          mid: `m_${sent}`,
          text: `lời ${sent}`,
          timestamp: Date.now(),
        }),
      );
      const headers = {
        'content-type': 'application/json',
        'x-hub-signature-256': signDelivery(body, appSecret),
      };
      const begun = performance.now();
      const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined);
      await answer?.arrayBuffer();
      return {
        status: answer?.status ?? 0,
        retryAfter: answer?.headers.get('retry-after') ?? null,
        tookMs: performance.now() - begun,
      };
    },
  };
}
