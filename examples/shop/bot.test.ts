import { drive } from '@bot/handlers/testing';
import { expect, it } from 'vitest';
import { bot } from './bot.ts';

it('sells tea: cards, a cart, a receipt', async () => {
  const person = drive(bot);
  person.postback('GET_STARTED', 'Bắt đầu').taps('Giỏ hàng').taps('Xem trà');
  person.taps('Mua Trà sen').says('cho xem menu').taps('Mua Trà nhài').taps('Mua Trà sen');
  person.taps('Giỏ hàng').taps('Đặt hàng').says('gio hang');
  expect(await person.transcript()).toMatchInlineSnapshot(`
    "person: [Bắt đầu]
    bot: Chào bạn đến với Tiệm Trà Nhỏ! Bạn muốn xem gì?
         [Xem trà] [Giỏ hàng]
    person: [Giỏ hàng]
    bot: Giỏ của bạn đang trống.
         [Xem trà] [Giỏ hàng]
    person: [Xem trà]
    bot: * Trà sen | 35.000 đ | [Mua Trà sen]
         * Trà nhài | 30.000 đ | [Mua Trà nhài]
         * Trà ô long | 40.000 đ | [Mua Trà ô long]
    person: [Mua Trà sen]
    bot: Đã thêm Trà sen vào giỏ.
         [Xem trà] [Giỏ hàng]
    person: cho xem menu
    bot: * Trà sen | 35.000 đ | [Mua Trà sen]
         * Trà nhài | 30.000 đ | [Mua Trà nhài]
         * Trà ô long | 40.000 đ | [Mua Trà ô long]
    person: [Mua Trà nhài]
    bot: Đã thêm Trà nhài vào giỏ.
         [Xem trà] [Giỏ hàng]
    person: [Mua Trà sen]
    bot: Đã thêm Trà sen vào giỏ.
         [Xem trà] [Giỏ hàng]
    person: [Giỏ hàng]
    bot: Giỏ của bạn:
         2 × Trà sen
         1 × Trà nhài
         Tổng: 100.000 đ
         [Đặt hàng] [Xóa giỏ]
    person: [Đặt hàng]
    bot: <receipt TT-04532f9755>
         * Trà sen | 2 | 70000
         * Trà nhài | 1 | 30000
         = 100000 VND
    bot: Cảm ơn bạn! Đơn TT-04532f9755 đã được ghi nhận.
    person: gio hang
    bot: Giỏ của bạn đang trống.
         [Xem trà] [Giỏ hàng]"
  `);
});

it('keeps the cart for days, and empties it when asked', async () => {
  const person = drive(bot);
  await person.says('tra').taps('Mua Trà ô long').after('3d').says('giỏ hàng');
  expect(await person).toEqual([
    'Giỏ của bạn:\n1 × Trà ô long\nTổng: 40.000 đ\n[Đặt hàng] [Xóa giỏ]',
  ]);
  expect(await person.taps('Xóa giỏ').taps('Giỏ hàng')).toEqual([
    'Giỏ của bạn đang trống.\n[Xem trà] [Giỏ hàng]',
  ]);
});

it('speaks English to whoever does', async () => {
  const person = drive(bot);
  expect(await person.says('hello')).toEqual([
    'Welcome to the Little Tea Shop! What would you like to see?\n[See teas] [Cart]',
  ]);
  expect(await person.taps('See teas').taps('Buy Trà sen')).toEqual([
    'Trà sen is in your cart.\n[See teas] [Cart]',
  ]);
});

it('orders once, however often the turn is run again', async () => {
  let broken = true;
  const person = drive(bot, {
    retries: () => true,
    send: ({ message }) => {
      if (broken && message.text?.startsWith('Cảm ơn') === true) throw new Error('reset');
    },
  });
  await person.says('trà').taps('Mua Trà sen').taps('Giỏ hàng');
  await expect(person.taps('Đặt hàng')).rejects.toThrow('reset');
  broken = false;
  const [thanks, ...others] = await person.again();
  expect(thanks).toMatch(/^Cảm ơn bạn! Đơn TT-[0-9a-f]{10} /);
  expect(others).toEqual([]);
  expect(person.sent.filter(({ message }) => message.template?.type === 'receipt')).toHaveLength(1);
});

it('knows a tea that is no longer sold, and a tap that nobody understands', async () => {
  const person = drive(bot);
  expect(await person.postback('BUY:1:{"sku":"GONE"}')).toEqual([
    'Trà này tiệm vừa hết, bạn chọn loại khác nhé!',
  ]);
  expect(await person.postback('BUY:9:{}')).toEqual([
    'Mình chưa hiểu. Bạn chọn giúp mình nhé!\n[Xem trà] [Giỏ hàng]',
  ]);
});
