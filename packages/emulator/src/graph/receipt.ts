import { z } from 'zod';
import { formed, httpUrl, text } from './parameters.ts';

const currency = formed(/^[A-Z]{3}$/, 'a currency of three capital letters');

const address = z.strictObject({
  street_1: text(),
  street_2: z.string().optional(),
  city: text(),
  postal_code: text(),
  state: text(),
  country: text(),
});

const summary = z.strictObject({
  subtotal: z.number().optional(),
  shipping_cost: z.number().optional(),
  total_tax: z.number().optional(),
  total_cost: z.number(),
});

const element = z.strictObject({
  title: text(),
  subtitle: text().optional(),
  quantity: z.number().optional(),
  price: z.number(),
  currency: currency.optional(),
  image_url: httpUrl.optional(),
});

/** What was bought (developers.facebook.com/docs/messenger-platform, receipt template). */
export const receipt: z.ZodObject<{
  template_type: z.ZodLiteral<'receipt'>;
  order_number: z.ZodString;
}> = z.strictObject({
  template_type: z.literal('receipt'),
  recipient_name: text(),
  merchant_name: text().optional(),
  order_number: text(),
  currency,
  payment_method: text(),
  order_url: httpUrl.optional(),
  // Seconds. Milliseconds, the usual mistake, have thirteen digits.
  timestamp: formed(/^\d{1,11}$/, 'seconds since 1970, as a string').optional(),
  address: address.optional(),
  summary,
  adjustments: z.array(z.strictObject({ name: text(), amount: z.number() })).optional(),
  elements: z.array(element).max(100).optional(),
  sharable: z.boolean().optional(),
});
