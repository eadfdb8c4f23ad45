import { z } from 'zod';

import { id } from '../limits.ts';

/**
 * Products of the Page's catalog.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/template/product
 */
export interface ProductTemplate {
  readonly type: 'product';
  /** One to ten; `id` is the product's id in the catalog. */
  readonly elements: readonly { readonly id: string }[];
}

export const productTemplate: z.ZodType<ProductTemplate> = z.strictObject({
  type: z.literal('product'),
  elements: z.array(z.strictObject({ id })).min(1).max(10),
});
