import type { PersonEvent } from './event-base.ts';
import { present, readNumber, readObjects, readString, readText } from './fields.ts';
import type { Reader } from './item.ts';

/** A thing in a cart. */
export interface OrderProduct {
  /** In the catalog. */
  readonly id?: string;
  /** In the shop's own books. */
  readonly retailerId?: string;
  readonly name?: string;
  /** Of one piece, as Meta writes it. */
  readonly unitPrice?: number;
  /** Such as `VND`. */
  readonly currency?: string;
  readonly quantity?: number;
}

/**
 * A person sent their cart.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/send_cart
 */
export interface OrderEvent extends PersonEvent {
  readonly type: 'order';
  readonly products: readonly OrderProduct[];
  readonly note?: string;
}

export const readOrder: Reader<OrderEvent> = (order, { origin, naming }) => ({
  ...origin,
  type: 'order',
  id: naming.byContent('order'),
  products: readObjects(order, 'products').map((product) =>
    present({
      id: readText(product, 'id'),
      retailerId: readText(product, 'retailer_id'),
      name: readString(product, 'name'),
      unitPrice: readNumber(product, 'unit_price'),
      currency: readString(product, 'currency'),
      quantity: readNumber(product, 'quantity'),
    }),
  ),
  ...present({ note: readString(order, 'note') }),
});
