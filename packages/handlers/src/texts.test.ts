import { describe, expect, expectTypeOf, it } from 'vitest';
import { createTexts } from './texts.ts';

const texts = createTexts(
  'vi',
  { hello: 'Xin chào!', bought: (tea: string) => `Bạn đã mua ${tea}.`, bye: 'Tạm biệt!' },
  { en: { hello: 'Hello!', bought: (tea) => `You bought ${tea}.` }, en_GB: { hello: 'Good day!' } },
);

describe('texts', () => {
  it.each([
    ['vi', 'Xin chào!'],
    ['vi_VN', 'Xin chào!'],
    ['VI-vn', 'Xin chào!'],
    ['en', 'Hello!'],
    ['en_US', 'Hello!'],
    ['en-gb', 'Good day!'],
    ['fr_FR', 'Xin chào!'],
    ['', 'Xin chào!'],
    ['constructor', 'Xin chào!'],
  ])('in %s say hello as %s', (locale, hello) => {
    expect(texts(locale).hello).toBe(hello);
  });

  it('of a region are those of its language where it has none of its own', () => {
    expect(texts('en_GB').bought('tea')).toBe('You bought tea.');
    expect(texts('en_GB').bye).toBe('Tạm biệt!');
  });

  it('are made of what they are given, and fall back one by one', () => {
    expect(texts('en').bought('Trà sen')).toBe('You bought Trà sen.');
    expect(texts('en').bye).toBe('Tạm biệt!');
    expectTypeOf(texts('en').bought).toEqualTypeOf<(tea: string) => string>();
  });

  it('are refused by the compiler when another language makes them of something else', () => {
    const vi = { hello: 'Xin chào!', bought: (tea: string) => tea };
    // @ts-expect-error -- it takes a string
    const wrong = createTexts('vi', vi, { en: { bought: (count: number) => count.toFixed() } });
    // @ts-expect-error -- nobody would say it
    const unknown = createTexts('vi', vi, { en: { helo: 'Hello!' } });
    expect([wrong, unknown]).toHaveLength(2);
  });
});
