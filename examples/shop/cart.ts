import { teaOf, type Tea } from './catalogue.ts';

/** What a person has chosen: how many, by SKU. */
export type Cart = Readonly<Record<string, number>>;

export interface CartLine {
  readonly tea: Tea;
  readonly count: number;
}

export function addTo(cart: Cart, sku: string): Cart {
  return { ...cart, [sku]: (cart[sku] ?? 0) + 1 };
}

/** The cart's lines; what the shop no longer has is left out. */
export function linesOf(cart: Cart): readonly CartLine[] {
  return Object.entries(cart).flatMap(([sku, count]) => {
    const tea = teaOf(sku);
    return tea === undefined ? [] : [{ tea, count }];
  });
}

export function totalOf(cart: Cart): number {
  return linesOf(cart).reduce((sum, { tea, count }) => sum + tea.price * count, 0);
}
