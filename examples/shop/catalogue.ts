/** A tea that the shop sells. */
export interface Tea {
  readonly sku: string;
  readonly name: string;
  /** In đồng. */
  readonly price: number;
}

export const teas: readonly Tea[] = [
  { sku: 'SEN', name: 'Trà sen', price: 35_000 },
  { sku: 'NHAI', name: 'Trà nhài', price: 30_000 },
  { sku: 'OLONG', name: 'Trà ô long', price: 40_000 },
];

/** The tea with this number, if the shop still has it. */
export function teaOf(sku: string): Tea | undefined {
  return teas.find((tea) => tea.sku === sku);
}

/** A price as people read it: `35.000 đ`. */
export function priceOf(amount: number): string {
  return `${amount.toString().replaceAll(/\B(?=(?:\d{3})+$)/g, '.')} đ`;
}
