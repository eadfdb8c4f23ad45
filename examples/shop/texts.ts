import { createTexts } from '@bot/handlers';

/** Everything the shop says, by language. */
export const texts = createTexts(
  'vi',
  {
    welcome: 'Chào bạn đến với Tiệm Trà Nhỏ! Bạn muốn xem gì?',
    teas: 'Xem trà',
    cart: 'Giỏ hàng',
    buy: 'Mua',
    pay: 'Đặt hàng',
    clear: 'Xóa giỏ',
    added: (name: string) => `Đã thêm ${name} vào giỏ.`,
    gone: 'Trà này tiệm vừa hết, bạn chọn loại khác nhé!',
    cartIs: (lines: string, total: string) => `Giỏ của bạn:\n${lines}\nTổng: ${total}`,
    empty: 'Giỏ của bạn đang trống.',
    cleared: 'Đã xóa giỏ.',
    thanks: (order: string) => `Cảm ơn bạn! Đơn ${order} đã được ghi nhận.`,
    misunderstood: 'Mình chưa hiểu. Bạn chọn giúp mình nhé!',
  },
  {
    en: {
      welcome: 'Welcome to the Little Tea Shop! What would you like to see?',
      teas: 'See teas',
      cart: 'Cart',
      buy: 'Buy',
      pay: 'Order',
      clear: 'Empty cart',
      added: (name) => `${name} is in your cart.`,
      gone: 'We have just run out of this tea, please choose another one!',
      cartIs: (lines, total) => `Your cart:\n${lines}\nTotal: ${total}`,
      empty: 'Your cart is empty.',
      cleared: 'Your cart is empty now.',
      thanks: (order) => `Thank you! Order ${order} has been placed.`,
      misunderstood: 'I did not understand. Please choose!',
    },
  },
);
