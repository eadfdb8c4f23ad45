import { createTexts } from '@bot/handlers';

/** Everything the salon says, by language. */
export const texts = createTexts(
  'vi',
  {
    welcome: 'Chào bạn! Đây là Tiệm Tóc Mây. Bạn muốn đặt lịch không?',
    book: 'Đặt lịch',
    which: 'Bạn muốn làm gì?',
    cut: 'Cắt tóc',
    wash: 'Gội đầu',
    dye: 'Nhuộm',
    when: 'Bạn đến ngày nào, mấy giờ? Ví dụ: 25/12 14:30',
    badTime: 'Mình chưa đọc được ngày giờ này, hoặc nó đã qua.',
    phone: 'Số điện thoại của bạn?',
    badPhone: 'Số điện thoại có 10 chữ số và bắt đầu bằng 0.',
    confirm: (what: string, time: string, phone: string) =>
      `Mình ghi lại nhé:\n${what}\n${time}\n${phone}\nĐúng chưa?`,
    yes: 'Đúng rồi',
    back: 'Quay lại',
    booked: (time: string) => `Xong! Hẹn gặp bạn lúc ${time}. Mình sẽ nhắc bạn trước một ngày.`,
    cancelled: 'Mình hủy rồi nhé. Khi nào cần, bạn cứ nhắn "đặt lịch"!',
    stillThere: 'Bạn còn đó không? Mình vẫn chờ câu trả lời để giữ chỗ cho bạn.',
    expired: 'Lâu quá rồi nên mình dừng đặt lịch ở đây. Bạn nhắn "đặt lịch" để bắt đầu lại nhé!',
    reminder: (time: string) => `Nhắc bạn: lịch hẹn của bạn là ${time}.`,
  },
  {
    en: {
      welcome: 'Hello! This is the Cloud Hair Salon. Would you like an appointment?',
      book: 'Book',
      which: 'What would you like?',
      cut: 'A cut',
      wash: 'A wash',
      dye: 'Colour',
      when: 'Which day, and at what time? For example: 25/12 14:30',
      badTime: 'I cannot read this day and time, or it is over.',
      phone: 'Your phone number?',
      badPhone: 'A phone number has 10 digits and begins with 0.',
      confirm: (what, time, phone) => `Is this right?\n${what}\n${time}\n${phone}`,
      yes: 'Yes',
      back: 'Back',
      booked: (time) => `Done! See you at ${time}. I will remind you a day before.`,
      cancelled: 'Cancelled. Write "book" whenever you like!',
      stillThere: 'Are you still there? I need your answer to keep the place for you.',
      expired: 'It has been a while, so I stopped. Write "book" to begin again!',
      reminder: (time) => `A reminder: your appointment is at ${time}.`,
    },
  },
);
