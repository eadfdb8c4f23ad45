import {
  deliveryBody,
  joinDeliveries,
  signDelivery,
  textDelivery,
} from '@bot/graph-client/testing';

export const secret = 'a-secret-of-the-app';

/** A delivery of so many texts, and its signature's header. */
export function signedDelivery(events: number): { readonly body: Buffer; readonly header: string } {
  const one = (index: number): ReturnType<typeof textDelivery> =>
    textDelivery({
      pageId: '104729384756123',
      psid: `69123456789${String(index).padStart(5, '0')}`,
      mid: `m_AG5Hz2Uq7tuwNEhXfYYKj8mJEM_QPpz5jdCK48PnKAjSdjfipqxqMvK8ma6AC8fplwlqLP_${index}`,
      text: 'Xin chào, cho mình hỏi cửa hàng còn áo màu xanh không?',
      timestamp: 1_795_000_000_000 + index,
    });
  const all = Array.from({ length: events }, (_, index) => one(index));
  const body = deliveryBody(joinDeliveries(all));
  return { body, header: signDelivery(body, secret) };
}
