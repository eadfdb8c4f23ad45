import type { PersonEvent } from './event-base.ts';
import { present, readString, readText } from './fields.ts';
import type { Reader } from './item.ts';

/**
 * A person uncovered the code of a coupon template.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/template/coupon
 */
export interface CouponEvent extends PersonEvent {
  readonly type: 'coupon';
  /** What the template carries for the bot. */
  readonly payload?: string;
  readonly couponCode?: string;
}

export const readCoupon: Reader<CouponEvent> = (template, { origin, naming }) =>
  readString(template, 'type') === 'coupon'
    ? {
        ...origin,
        type: 'coupon',
        id: naming.byContent('coupon'),
        ...present({
          payload: readString(template, 'payload'),
          couponCode: readText(template, 'coupon_code'),
        }),
      }
    : undefined;
