import { describe, expect, it } from 'vitest';
import { createEntityFinder } from './entity-finder.ts';

/** A Thursday, ten o'clock in Saigon. */
const now = Date.UTC(2026, 10, 26, 3);
const finder = createEntityFinder({ terms: { drink: { 'milk-tea': ['trà sữa', 'milk tea'] } } });

const found = (text: string, locale = 'vi'): unknown[] =>
  finder.find(text, { now, locale }).map((entity) => {
    const values = Object.entries(entity).filter(([key]) => key !== 'text');
    return values.map(([, value]) => value).join(' ');
  });

describe('dates', () => {
  it.each([
    ['hôm nay', '2026-11-26'],
    ['ngày mai', '2026-11-27'],
    ['ngay mai', '2026-11-27'],
    ['mai giao nhé', '2026-11-27'],
    ['ngày kia', '2026-11-28'],
    ['hôm qua', '2026-11-25'],
    ['3 ngày nữa', '2026-11-29'],
    ['sau hai tuần', '2026-12-10'],
    ['2 ngày trước', '2026-11-24'],
    ['1 tháng nữa', '2026-12-26'],
    ['thứ năm', '2026-11-26'],
    ['thứ năm tới', '2026-12-03'],
    ['thứ hai', '2026-11-30'],
    ['thu 2', '2026-11-30'],
    ['t7', '2026-11-28'],
    ['cn', '2026-11-29'],
    ['thứ hai tuần này', '2026-11-23'],
    ['thứ tư tuần sau', '2026-12-02'],
    ['cuối tuần', '2026-11-28 2026-11-29'],
    ['cuối tuần sau', '2026-12-05 2026-12-06'],
    ['tuần sau', '2026-11-30 2026-12-06'],
    ['tháng sau', '2026-12-01 2026-12-31'],
    ['mùng 5', '2026-12-05'],
    ['ngày 30', '2026-11-30'],
    ['ngày 31', '2026-12-31'],
    ['mồng 5 tháng 9', '2027-09-05'],
    ['ngày 20 tháng 12 năm 2027', '2027-12-20'],
    ['20/12', '2026-12-20'],
    ['20/11', '2027-11-20'],
    ['20/11/2026', '2026-11-20'],
    ['3h chiều', '2026-11-26 15:00'],
    ['8h', '2026-11-27 08:00'],
    ['5h', '2026-11-26 17:00'],
    ['5h sáng', '2026-11-27 05:00'],
    ['15h30 ngày mai', '2026-11-27 15:30'],
    ['3 giờ rưỡi chiều', '2026-11-26 15:30'],
    ['9 giờ kém 15 tối', '2026-11-26 20:45'],
    ['3 giờ 30 phút', '2026-11-26 15:30'],
    ['lúc 12h đêm', '2026-11-27 00:00'],
    ['12h trưa mai', '2026-11-27 12:00'],
    ['sáng mai 9h', '2026-11-27 09:00'],
    ['chiều mai lúc 3h', '2026-11-27 15:00'],
    ['tối mai 8h', '2026-11-27 20:00'],
    ['8 giờ sáng thứ sáu', '2026-11-27 08:00'],
    ['30 phút nữa', '2026-11-26 10:30'],
    ['sau 2 tiếng', '2026-11-26 12:00'],
    ['tomorrow at 3pm', '2026-11-27 15:00'],
    ['next monday', '2026-11-30'],
    ['on 20 December', '2026-12-20'],
    ['in 5 minutes', '2026-11-26 10:05'],
  ])('"%s" is %s', (text, date) => {
    expect(found(text)).toEqual([`date ${date}`]);
  });

  it.each([
    'chị Mai ơi',
    'mở 24/7',
    'mùng 4 tết',
    'ngày 31 tháng 6',
    'món này, máy này',
    'mon nay may cai',
    '25h',
    'thứ nhất',
    'size 38',
    'sau khi nhận hàng',
  ])('"%s" is none', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('reads short English names of days where English is spoken', () => {
    expect(found('see you mon', 'en')).toEqual(['date 2026-11-30']);
    expect(found('see you mon', 'vi')).toEqual([]);
  });

  it('is seen from the time and the place that are handed in', () => {
    const late = Date.UTC(2026, 11, 31, 20);
    const at = (timeZone: string): unknown =>
      createEntityFinder({ timeZone }).find('mai', { now: late })[0];
    expect(at('Asia/Ho_Chi_Minh')).toMatchObject({ date: '2027-01-02' });
    expect(at('America/Los_Angeles')).toMatchObject({ date: '2027-01-01' });
    expect(() => createEntityFinder({ timeZone: 'Mars/Olympus' })).toThrow(RangeError);
  });
});

describe('phone numbers', () => {
  it.each([
    ['sđt 0912345678', '+84912345678'],
    ['0912 345 678 nha', '+84912345678'],
    ['0912.345.678', '+84912345678'],
    ['+84 912 345 678', '+84912345678'],
    ['028 3822 9999', '+842838229999'],
    ['+1 650 253 0000', '+16502530000'],
  ])('%s', (text, number) => {
    expect(found(text)).toEqual([`phone ${number}`]);
  });

  it.each(['đơn 123456', 'mã 99999999999999', '2026'])('%s is none', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('are found up to the hundredth digit of a text', () => {
    expect(found('0912345678 và '.repeat(15))).toHaveLength(10);
  });

  it('are of the country that is handed in', () => {
    const [phone] = createEntityFinder({ country: 'US' }).find('650 253 0000', { now });
    expect(phone).toMatchObject({ number: '+16502530000' });
  });
});

describe('money', () => {
  it.each([
    ['500k', '500000 VND'],
    ['1tr2', '1200000 VND'],
    ['1tr250', '1250000 VND'],
    ['2tr500k', '2500000 VND'],
    ['1,5 triệu', '1500000 VND'],
    ['1 triệu rưỡi', '1500000 VND'],
    ['3 trieu', '3000000 VND'],
    ['3 củ', '3000000 VND'],
    ['2 tỷ', '2000000000 VND'],
    ['200.000đ', '200000 VND'],
    ['1.200.000 đồng', '1200000 VND'],
    ['200,000 VND', '200000 VND'],
    ['vnd 200000', '200000 VND'],
    ['200 nghìn', '200000 VND'],
    ['200 ngan dong', '200000 VND'],
    ['$20', '20 USD'],
    ['20.50 usd', '20.5 USD'],
    ['20 dollars', '20 USD'],
    ['20 đô', '20 USD'],
    ['€15', '15 EUR'],
  ])('"%s" is %s', (text, amount) => {
    expect(found(text)).toEqual([`money ${amount}`]);
  });

  it.each(['size 38 k shop', '2 cái', '50kg', 'cao 1m60', '5 do', 'x500k'])(
    '"%s" is none',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );
});

describe('entities', () => {
  it('are found beside each other, in the order of the text, with their words', () => {
    const text = 'Lấy 2 tra sua 50k, gọi 0912 345 678 lúc 3h chiều mai';
    expect(finder.find(text, { now })).toEqual([
      { kind: 'term', text: 'tra sua', name: 'drink', value: 'milk-tea' },
      { kind: 'money', text: '50k', amount: 50_000, currency: 'VND' },
      { kind: 'phone', text: '0912 345 678', number: '+84912345678' },
      { kind: 'date', text: 'lúc 3h chiều mai', date: '2026-11-27', time: '15:00' },
    ]);
  });

  it('are found however accents are composed', () => {
    expect(found('Trà sữa sáng mai'.normalize('NFD'))).toEqual([
      'term drink milk-tea',
      'date 2026-11-27',
    ]);
  });

  it('are looked for at the beginning of a text that is too long', () => {
    expect(found(`50k ${' '.repeat(600)} 60k`)).toEqual(['money 50000 VND']);
    expect(found('e\u0301'.repeat(5_000))).toEqual([]);
  });
});
