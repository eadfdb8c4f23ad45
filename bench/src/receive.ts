import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  deliveryBody,
  joinDeliveries,
  signDelivery,
  textDelivery,
} from '@bot/graph-client/testing';
import { parseDelivery, verifySignature } from '@bot/graph-client/webhook';
import { compare } from './compare.ts';

const secret = 'a-secret-of-the-app';

/** What it costs to verify and parse a delivery, beside bare HMAC and JSON.parse. */
export async function benchReceive(): Promise<void> {
  for (const events of [1, 50]) {
    const body = deliveryOf(events);
    const header = signDelivery(body, secret);
    const secrets = [secret];
    const claimed = Buffer.from(header.slice('sha256='.length), 'hex');
    await compare(
      `verify and parse a delivery of ${events}, ${body.length} bytes`,
      [
        {
          name: 'HMAC and JSON.parse',
          run: (count) => {
            for (let turn = 0; turn < count; turn += 1) {
              const expected = createHmac('sha256', secret).update(body).digest();
              if (!timingSafeEqual(expected, claimed)) throw new Error('wrong signature');
              JSON.parse(body.toString('utf8'));
            }
          },
        },
        {
          name: 'verifySignature, parseDelivery',
          run: (count) => {
            for (let turn = 0; turn < count; turn += 1) {
              if (!verifySignature({ body, header, secrets })) throw new Error('wrong signature');
              parseDelivery(body);
            }
          },
        },
      ],
      { rounds: 15, count: Math.round(30_000 / events) },
    );
  }
}

function deliveryOf(events: number): Buffer {
  const one = (index: number): ReturnType<typeof textDelivery> =>
    textDelivery({
      pageId: '104729384756123',
      psid: `69123456789${String(index).padStart(5, '0')}`,
      mid: `m_AG5Hz2Uq7tuwNEhXfYYKj8mJEM_QPpz5jdCK48PnKAjSdjfipqxqMvK8ma6AC8fplwlqLP_${index}`,
      text: 'Xin chào, cho mình hỏi cửa hàng còn áo màu xanh không?',
      timestamp: 1_795_000_000_000 + index,
    });
  return deliveryBody(joinDeliveries(Array.from({ length: events }, (_, index) => one(index))));
}
