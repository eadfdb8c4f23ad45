import { z } from 'zod';

import { httpUrl } from '../limits.ts';

/**
 * Asks for a delivery address in a form of Messenger's; the answer is a `customer-information`
 * event.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/templates/structured-information-template
 */
export interface CustomerInformationTemplate {
  readonly type: 'customer_information';
  /** Where it may be sent: two letters each, such as `VN`. */
  readonly countries: readonly string[];
  readonly businessPrivacy: { readonly url: string };
  /** 1 to 7. */
  readonly expiresInDays?: number | undefined;
}

export const customerInformationTemplate: z.ZodType<CustomerInformationTemplate> = z.strictObject({
  type: z.literal('customer_information'),
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'must be two capital letters such as VN'))
    .min(1),
  businessPrivacy: z.strictObject({ url: httpUrl }),
  expiresInDays: z.int().min(1).max(7).optional(),
});
