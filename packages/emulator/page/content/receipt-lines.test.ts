import { describe, expect, it } from 'vitest';
import { createWords } from '../words/words.ts';
import { addressLines, itemLines, sumLines } from './receipt-lines.ts';

const words = createWords('en', () => 0);

describe('a receipt', () => {
  it('has a line for each thing, in its own currency', () => {
    const elements = [
      { title: 'Trà sen', subtitle: 'Ấm lớn', quantity: 2, price: 90_000 },
      { title: 'Bánh cốm', price: 1.5, currency: 'USD' },
    ];
    expect(itemLines({ currency: 'VND', elements }, words)).toEqual([
      { what: '2 × Trà sen', howMuch: '₫90,000', note: 'Ấm lớn' },
      { what: 'Bánh cốm', howMuch: '$1.50' },
    ]);
  });

  it('has its sums, what was taken off, and the total at last', () => {
    const receipt = {
      currency: 'VND',
      summary: { subtotal: 120_000, shipping_cost: 15_000, total_cost: 130_000 },
      adjustments: [{ name: 'Khách quen', amount: 5_000 }],
    };
    expect(sumLines(receipt, words).map(({ what, howMuch }) => [what, howMuch])).toEqual([
      ['Subtotal', '₫120,000'],
      ['Shipping', '₫15,000'],
      ['Khách quen', '-₫5,000'],
      ['Total', '₫130,000'],
    ]);
  });

  it('has an address without saying a city twice', () => {
    const address = {
      street_1: '12 Hàng Bạc',
      city: 'Hà Nội',
      postal_code: '100000',
      state: 'Hà Nội',
      country: 'VN',
    };
    expect(addressLines(address)).toEqual(['12 Hàng Bạc', 'Hà Nội', '100000 VN']);
  });
});
