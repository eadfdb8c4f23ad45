import { createHmac, timingSafeEqual } from 'node:crypto';
import { verifySignature } from '@bot/graph-client/webhook';
import { compare, ownCpu, repeat } from './compare.ts';
import type { Figure } from './result.ts';
import { secret, signedDelivery } from './signed-delivery.ts';

/** What it costs to verify a delivery, beside the bare HMAC. */
export async function benchVerify(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const events of [1, 50]) {
    const { body, header } = signedDelivery(events);
    const claimed = Buffer.from(header.slice('sha256='.length), 'hex');
    const secrets = [secret];
    const found = await compare(
      `verify a delivery of ${events}, ${body.length} bytes`,
      [
        repeat('createHmac', () => {
          const expected = createHmac('sha256', secret).update(body).digest();
          if (!timingSafeEqual(expected, claimed)) throw new Error('wrong signature');
        }),
        repeat('verifySignature', () => {
          if (!verifySignature({ body, header, secrets })) throw new Error('wrong signature');
        }),
      ],
      { rounds: 5, count: Math.round(100_000 / events ** 0.5) },
    );
    const values = found.ratios('verifySignature', ownCpu.name);
    figures.push({ what: `verify ${events}, beside createHmac`, unit: 'x', values });
  }
  return figures;
}
