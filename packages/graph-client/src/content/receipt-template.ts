import { z } from 'zod';

import { httpUrl } from '../limits.ts';

/** One thing that was bought. */
export interface ReceiptElement {
  readonly title: string;
  readonly subtitle?: string | undefined;
  readonly quantity?: number | undefined;
  /** In the receipt's currency; 0 for a gift. */
  readonly price: number;
  readonly currency?: string | undefined;
  readonly imageUrl?: string | undefined;
}

/** Where it is sent. */
export interface ReceiptAddress {
  readonly street1: string;
  readonly street2?: string | undefined;
  readonly city: string;
  readonly postalCode: string;
  readonly state: string;
  /** Two letters: `VN`. */
  readonly country: string;
}

/** What it costs, in the receipt's currency. */
export interface ReceiptSummary {
  readonly subtotal?: number | undefined;
  readonly shippingCost?: number | undefined;
  readonly totalTax?: number | undefined;
  readonly totalCost: number;
}

/**
 * What was ordered and paid.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/template/receipt
 */
export interface ReceiptTemplate {
  readonly type: 'receipt';
  readonly recipientName: string;
  readonly merchantName?: string | undefined;
  /** Unique among the Page's receipts. */
  readonly orderNumber: string;
  /** Three letters: `VND`. */
  readonly currency: string;
  /** Shown as it is: `Visa 1234`. */
  readonly paymentMethod: string;
  readonly orderUrl?: string | undefined;
  /** When it was ordered: seconds since 1970, as a string. */
  readonly timestamp?: string | undefined;
  readonly address?: ReceiptAddress | undefined;
  readonly summary: ReceiptSummary;
  /** Discounts and the like. */
  readonly adjustments?: readonly { readonly name: string; readonly amount: number }[] | undefined;
  /** At most 100. */
  readonly elements?: readonly ReceiptElement[] | undefined;
  readonly sharable?: boolean | undefined;
}

const words = z.string().min(1);
const currency = z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters such as VND');
const amount = z.number();

export const receiptTemplate: z.ZodType<ReceiptTemplate> = z.strictObject({
  type: z.literal('receipt'),
  recipientName: words,
  merchantName: words.optional(),
  orderNumber: words,
  currency,
  paymentMethod: words,
  orderUrl: httpUrl.optional(),
  timestamp: z
    .string()
    .regex(/^\d{1,11}$/, 'must be seconds since 1970 as a string')
    .optional(),
  address: z
    .strictObject({
      street1: words,
      street2: z.string().optional(),
      city: words,
      postalCode: words,
      state: words,
      country: words,
    })
    .optional(),
  summary: z.strictObject({
    subtotal: amount.optional(),
    shippingCost: amount.optional(),
    totalTax: amount.optional(),
    totalCost: amount,
  }),
  adjustments: z.array(z.strictObject({ name: words, amount })).optional(),
  elements: z
    .array(
      z.strictObject({
        title: words,
        subtitle: words.optional(),
        quantity: z.int().min(1).optional(),
        price: amount.min(0),
        currency: currency.optional(),
        imageUrl: httpUrl.optional(),
      }),
    )
    .max(100)
    .optional(),
  sharable: z.boolean().optional(),
});
