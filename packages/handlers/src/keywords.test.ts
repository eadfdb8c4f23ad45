import { describe, expect, it } from 'vitest';
import { fold } from './fold.ts';
import { matchKeyword } from './keywords.ts';

describe('keywords', () => {
  it.each([
    // text, keyword, found
    ['Giá bao nhiêu vậy shop?', 'giá', true],
    ['gia bao nhieu', 'giá', true],
    ['GIÁ', 'gia', true],
    ['bang giá với', 'bảng giá', true],
    ['bảng gia', 'bang giá', true],
    ['má ơi', 'mà', false],
    ['mà ơi', 'má', false],
    ['giày đẹp', 'gia', false],
    ['this', 'hi', false],
    ['Hi, shop!', 'hi', true],
    ['đặt hàng', 'dat hang', true],
    ['dat hang', 'đặt hàng', true],
    ['đặt', 'đạt', false],
    ['cho mình hoá đơn', 'hóa đơn', true],
    ['huỷ'.normalize('NFD'), 'hủy', true],
    ['hòa', 'hóa', false],
    ['hoả', 'hoá', false],
    ['mũi', 'mùi', false],
    ['thuê', 'thuế', false],
    ['ngừơi', 'người', true],
    ['bảng, giá', 'bảng giá', true],
    ['bảng', 'bảng giá', false],
    ['bảng màu giá', 'bảng giá', false],
    ["What's the price?", 'price', true],
    ['prices', 'price', false],
    ['giá'.normalize('NFD'), 'giá', true],
    ['giá', 'giá'.normalize('NFD'), true],
    ['mua 2 áo', '2 áo', true],
    ['mua 12 áo', '2 áo', false],
    ['anything', '', false],
    ['', 'giá', false],
    ['👍', '👍', false],
  ])('in %j: %j is found: %s', (text, keyword, found) => {
    expect(matchKeyword(text, [keyword])).toBe(found ? keyword : undefined);
  });

  it('are found in the order given', () => {
    expect(matchKeyword('mua với giá nào', ['giá', 'mua'])).toBe('giá');
  });
});

describe('fold', () => {
  it.each([
    ['  Bảng \n GIÁ ', 'bang gia'],
    ['ĐẶT HÀNG', 'dat hang'],
    ['huỷ', 'huy'],
    ['hủy'.normalize('NFD'), 'huy'],
  ])('makes %j into %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });
});
