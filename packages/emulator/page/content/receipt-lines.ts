import type { Words } from '../words/words.ts';
import type { Address, ReceiptTemplate } from './template.ts';

export interface ReceiptLine {
  readonly what: string;
  readonly howMuch: string;
  readonly note?: string;
}

/** What was bought. */
export function itemLines(
  { currency, elements = [] }: Pick<ReceiptTemplate, 'currency' | 'elements'>,
  words: Words,
): readonly ReceiptLine[] {
  return elements.map(({ title, subtitle, quantity, price, currency: own }) => ({
    what: quantity === undefined ? title : `${quantity} × ${title}`,
    howMuch: words.money(price, own ?? currency),
    ...(subtitle === undefined ? {} : { note: subtitle }),
  }));
}

/** What it comes to, the total at last. */
export function sumLines(
  {
    currency,
    summary,
    adjustments = [],
  }: Pick<ReceiptTemplate, 'currency' | 'summary' | 'adjustments'>,
  words: Words,
): readonly ReceiptLine[] {
  const money = (amount: number): string => words.money(amount, currency);
  const parts = [
    ['subtotal', summary.subtotal],
    ['shipping', summary.shipping_cost],
    ['tax', summary.total_tax],
  ] as const;
  return [
    ...parts.flatMap(([name, amount]) =>
      amount === undefined ? [] : [{ what: words.text(name), howMuch: money(amount) }],
    ),
    ...adjustments.map(({ name, amount }) => ({ what: name, howMuch: money(-amount) })),
    { what: words.text('total'), howMuch: money(summary.total_cost) },
  ];
}

export function addressLines(address: Address): readonly string[] {
  const { street_1: street, street_2: more, city, postal_code: code, state, country } = address;
  return [
    [street, more].filter(Boolean).join(', '),
    [...new Set([city, state])].join(', '),
    `${code} ${country}`,
  ];
}
