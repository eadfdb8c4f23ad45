import { describe, expect, it } from 'vitest';
import { keepContactsOf } from './contacts.ts';

const sources = [
  'Đặt tại [đây](https://trasen.vn/dat-hang?a=1) hoặc www.trasen.vn, gọi 0905 123 456 hay 1900-1234.',
  'Thư: ban@trasen.vn',
];
const of = (answer: string): string => keepContactsOf(sources, answer).text;

describe('an answer', () => {
  it.each([
    'Bạn vào https://trasen.vn/dat-hang?a=1 nhé.',
    'Bạn vào HTTPS://TRASEN.VN/dat-hang?a=1.',
    'Trang www.trasen.vn/ đây.',
    'Gọi 0905123456, +84905123456 hoặc 1900 1234.',
    'Viết cho ban@trasen.vn',
    'Giá 1.250.000 đ, 35.000đ/ly, 12,5 kg, ngày 26/11/2026, đơn 123456789.',
    'Giao 01-12-2026 15 giờ, đổi tới 08.12.2026.',
    'TP.HCM, v.v. đều giao; mở cửa 8h00-22h00, mã SP.0905',
  ])('keeps what its sources have, and what is none: %s', (answer) => {
    expect(keepContactsOf(sources, answer)).toEqual({ text: answer, removed: 0 });
  });

  it.each([
    ['Vào https://evil.com/trasen.vn nhé', 'Vào nhé'],
    ['Vào https://trasen.vn.evil.com nhé', 'Vào nhé'],
    ['Vào https://trasen.vn@evil.com nhé', 'Vào nhé'],
    ['Vào https://trasen.vn/dat-hang?a=2 nhé', 'Vào nhé'],
    ['Vào evil.com nhé', 'Vào nhé'],
    ['Vào trasen.shop/x nhé', 'Vào nhé'],
    ['Vào trаsen.vn nhé', 'Vào nhé'],
    ['Bấm [vào đây](https://evil.com) nhé', 'Bấm vào đây nhé'],
    ['Viết cho ban@evil.com nhé', 'Viết cho nhé'],
    ['Gọi 0999 888 777 nhé', 'Gọi nhé'],
    ['Gọi +84 999.888.777 nhé', 'Gọi nhé'],
    ['Gọi 1900 9999 nhé', 'Gọi nhé'],
  ])('loses what they do not have: %s', (answer, left) => {
    expect(keepContactsOf(sources, answer)).toEqual({ text: left, removed: 1 });
  });

  it('loses also what only comes about when another is lost', () => {
    expect(of('Gọi 0999 888 7770999 888 777, ev0999888777il.com')).not.toMatch(/evil|999/);
  });

  it('keeps the words alone of a link to another document', () => {
    expect(of('Xem [Giao hàng](#giao-hang) nhé')).toBe('Xem Giao hàng nhé');
  });

  it('shows the address of a link that its sources have, for Messenger shows plain text', () => {
    expect(of('[Đặt tại đây](https://trasen.vn/dat-hang?a=1)')).toBe(
      'Đặt tại đây https://trasen.vn/dat-hang?a=1',
    );
  });
});
