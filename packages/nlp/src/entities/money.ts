import type { Found, MoneyEntity } from './entity.ts';

/** "200.000", "1,5", "20". */
const NUMBER = String.raw`\d{1,3}(?:[.,]\d{3})+|\d{1,12}(?:[.,]\d{1,2})?`;
const END = String.raw`(?![\p{L}\p{N}\p{M}])`;
const BEGIN = String.raw`(?<![\p{L}\p{N}\p{M}.,])`;
const DONG = String.raw`(?:\s?(?:đồng|dong|vnđ|vnd|đ|₫))?`;
// A "k" or "d" that stands alone is no unit: "size 38 k shop" asks whether there is none.
const THOUSANDS = String.raw`k|\s?(?:nghìn|nghin|ngàn|ngan|ng)`;
const MILLIONS = String.raw`\s?(?:triệu|trieu|củ|tr)`;
const BILLIONS = String.raw`\s?(?:tỷ|tỉ|ty)`;

/** "1tr2" is 1.2 million, "1 triệu rưỡi" 1.5, "2tr500k" 2.5, "1 triệu 250" 1.25. */
const BIG = new RegExp(
  `${BEGIN}(?<big>${NUMBER})(?<unit>${MILLIONS}|${BILLIONS})(?:\\s?(?<half>rưỡi|ruoi)|\\s?(?<rest>\\d{1,3})(?:${THOUSANDS})?)?${DONG}${END}`,
  'giu',
);
const SMALL = new RegExp(`${BEGIN}(?<small>${NUMBER})(?:${THOUSANDS})${DONG}${END}`, 'giu');
const PLAIN = new RegExp(
  `${BEGIN}(?<plain>${NUMBER})(?:(?:đ|d|₫)|\\s?(?:đồng|dong|vnđ|vnd|đ|₫))${END}|${BEGIN}(?:vnđ|vnd)\\s?(?<behind>${NUMBER})${END}`,
  'giu',
);
const FOREIGN = new RegExp(
  `(?<sign>[$€])\\s?(?<amount>${NUMBER})${END}|${BEGIN}(?<number>${NUMBER})\\s?(?<name>\\$|€|usd|dollars?|bucks|đô la|đô|do la|eur|euros?)${END}`,
  'giu',
);

/** Amounts of money as people write them in Vietnamese and English. */
export function findMoney(text: string): Found[] {
  return [
    ...find(text, BIG, ({ big, unit = '', half, rest }) => {
      const size = /t[ỷỉy]/iu.test(unit) ? 1_000_000_000 : 1_000_000;
      const more = half === undefined ? fraction(rest) : 0.5;
      return vnd(Math.round((numberOf(big) + more) * size));
    }),
    ...find(text, SMALL, ({ small }) => vnd(Math.round(numberOf(small) * 1_000))),
    ...find(text, PLAIN, ({ plain, behind }) => vnd(numberOf(plain ?? behind))),
    ...find(text, FOREIGN, ({ sign, amount, number, name = sign ?? '' }) => ({
      amount: numberOf(amount ?? number),
      currency: /^(€|eur)/iu.test(name) ? 'EUR' : 'USD',
    })),
  ];
}

type Amount = Pick<MoneyEntity, 'amount' | 'currency'>;

function find(
  text: string,
  pattern: RegExp,
  read: (groups: Readonly<Record<string, string | undefined>>) => Amount,
): Found[] {
  return [...text.matchAll(pattern)].map(({ index: start, 0: words, groups = {} }) => ({
    start,
    end: start + words.length,
    entity: { kind: 'money', text: words, ...read(groups) },
  }));
}

const vnd = (amount: number): Amount => ({ amount, currency: 'VND' });

/** A point or a comma before three digits groups them, before fewer it is the decimal one. */
function numberOf(written = ''): number {
  return Number(written.replaceAll(/[.,](?=\d{3}(?!\d))/g, '').replace(',', '.'));
}

/** Behind "triệu", "2" is two hundred thousand, and "250" two hundred and fifty. */
const fraction = (digits = '0'): number => Number(`0.${digits}`);
