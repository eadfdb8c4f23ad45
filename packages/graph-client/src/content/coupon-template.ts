import { z } from 'zod';

import { httpUrl, text } from '../limits.ts';

/**
 * A coupon: a code to reveal, the address of a shop, or both.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/template/coupon
 */
export interface CouponTemplate {
  readonly type: 'coupon';
  /** At most 80 characters. */
  readonly title: string;
  /** At most 80 characters. Default: Meta's "Terms may apply." */
  readonly subtitle?: string | undefined;
  /** Without spaces. */
  readonly couponCode?: string | undefined;
  readonly couponUrl?: string | undefined;
  /** At most 20 characters. Default: Meta's "Shop now". */
  readonly couponUrlButtonTitle?: string | undefined;
  /** A message before the coupon. */
  readonly couponPreMessage?: string | undefined;
  readonly imageUrl?: string | undefined;
  /** Comes back in the `coupon` event when the person reveals the code. */
  readonly payload?: string | undefined;
}

export const couponTemplate: z.ZodType<CouponTemplate> = z
  .strictObject({
    type: z.literal('coupon'),
    title: text(80),
    subtitle: text(80).optional(),
    couponCode: z.string().regex(/^\S+$/, 'must be a code without spaces').optional(),
    couponUrl: httpUrl.optional(),
    couponUrlButtonTitle: text(20).optional(),
    couponPreMessage: text(2000).optional(),
    imageUrl: httpUrl.optional(),
    payload: text(1000).optional(),
  })
  .refine(({ couponCode, couponUrl }) => couponCode !== undefined || couponUrl !== undefined, {
    message: 'must have couponCode or couponUrl',
  });
