import { drive, image } from '@bot/handlers/testing';
import { describe, expect, it } from 'vitest';
import { bot } from './bot.ts';

/** 8 o'clock in Hà Nội on the first of December. */
const startAt = Date.UTC(2026, 11, 1, 1);

describe('the salon', () => {
  it('books an appointment, and reminds of it the day before by an approved template', async () => {
    const person = drive(bot, { startAt });
    person.says('xin chào').taps('Đặt lịch').says('uốn tóc').taps('Cắt tóc').says('mai nhé');
    person.says('25/12 14:30').says('12345').says('090 123 4567').taps('Đúng rồi');
    await person.after('22d').after('2d');
    expect(await person.transcript()).toMatchInlineSnapshot(`
      "person: xin chào
      bot: Chào bạn! Đây là Tiệm Tóc Mây. Bạn muốn đặt lịch không?
           [Đặt lịch]
      person: [Đặt lịch]
      bot: Bạn muốn làm gì?
           [Cắt tóc] [Gội đầu] [Nhuộm]
      person: uốn tóc
      bot: Mình chưa hiểu câu trả lời này.
      bot: Bạn muốn làm gì?
           [Cắt tóc] [Gội đầu] [Nhuộm]
      person: [Cắt tóc]
      bot: Bạn đến ngày nào, mấy giờ? Ví dụ: 25/12 14:30
      person: mai nhé
      bot: Mình chưa đọc được ngày giờ này, hoặc nó đã qua.
      bot: Bạn đến ngày nào, mấy giờ? Ví dụ: 25/12 14:30
      person: 25/12 14:30
      bot: Số điện thoại của bạn?
           [user_phone_number]
      person: 12345
      bot: Số điện thoại có 10 chữ số và bắt đầu bằng 0.
      bot: Số điện thoại của bạn?
           [user_phone_number]
      person: 090 123 4567
      bot: Mình ghi lại nhé:
           Cắt tóc
           14:30, 25/12/2026
           0901234567
           Đúng chưa?
           [Đúng rồi] [Quay lại]
      person: [Đúng rồi]
      bot: Xong! Hẹn gặp bạn lúc 14:30, 25/12/2026. Mình sẽ nhắc bạn trước một ngày.
      -- 22d later
      -- 2d later
      bot: <utility appointment_reminder>"
    `);
  });

  it('goes back, and gives up, by a word or a tap', async () => {
    const person = drive(bot, { startAt });
    await person.says('dat lich').says('gội đầu').says('25/12 9h');
    expect(await person.says('quay lại')).toEqual([
      'Bạn đến ngày nào, mấy giờ? Ví dụ: 25/12 14:30',
    ]);
    const [summary] = await person.says('26/12 9h').says('+84 901 234 567');
    expect(summary).toContain('Gội đầu\n09:00, 26/12/2026\n0901234567');
    expect(await person.taps('Quay lại')).toEqual(['Số điện thoại của bạn?\n[user_phone_number]']);
    expect(await person.says('Hủy')).toEqual([
      'Mình hủy rồi nhé. Khi nào cần, bạn cứ nhắn "đặt lịch"!',
    ]);
    expect(await person.says('0901234567')).toHaveLength(1);
  });

  it('asks whether the person is still there once, and lets go after two hours', async () => {
    const person = drive(bot, { startAt });
    await person.says('đặt lịch');
    expect(await person.after('11m')).toEqual([
      'Bạn còn đó không? Mình vẫn chờ câu trả lời để giữ chỗ cho bạn.',
    ]);
    expect(await person.after('1h')).toEqual([]);
    expect(await person.after('1h')).toEqual([
      'Lâu quá rồi nên mình dừng đặt lịch ở đây. Bạn nhắn "đặt lịch" để bắt đầu lại nhé!',
    ]);
  });

  it('takes a picture for no answer, and speaks English to whoever does', async () => {
    const person = drive(bot, { startAt });
    expect(await person.says('book').sends(image())).toEqual([
      'I did not understand that answer.',
      'What would you like?\n[A cut] [A wash] [Colour]',
    ]);
    expect(await person.says('a wash')).toEqual([
      'Which day, and at what time? For example: 25/12 14:30',
    ]);
  });
});
