import { drive, file, image, location, sticker } from '@bot/handlers/testing';
import { describe, expect, it } from 'vitest';
import { createConversation } from './bot.ts';

describe('the default bot', () => {
  it('says back what a person writes', async () => {
    const person = drive(createConversation());
    expect(await person.says('xin chào')).toEqual(['Bạn vừa nói: "xin chào"']);
    expect(await person.says('I need help!')).toEqual(['Bạn vừa nói: "I need help!"']);
  });

  it.each([
    ['sticker', sticker(), 'sticker', 'stickers'],
    ['image', image(), 'hình ảnh', 'images'],
    ['file', file(), 'tệp', 'files'],
    ['location', location(), 'vị trí', 'locations'],
    ['ig_reel', { type: 'ig_reel' }, 'nội dung này', 'this'],
    ['constructor', { type: 'constructor' }, 'nội dung này', 'this'],
  ])('asks for text when it gets a %s', async (_type, attachment, vietnamese, english) => {
    expect(await drive(createConversation()).sends(attachment)).toEqual([
      `Mình chưa xem được ${vietnamese}, bạn nhắn bằng chữ giúp mình nhé! 😊\n` +
        `(I cannot read ${english} yet, please write to me! 😊)`,
    ]);
  });

  it('welcomes, helps, speaks both languages, and has a word for taps it does not know', async () => {
    const person = drive(createConversation());
    person.postback('GET_STARTED', 'Bắt đầu').taps('Trợ giúp').taps('English').says('good evening');
    person.sends(image()).says('help').taps('Tiếng Việt').says('trợ giúp').postback('OLD', 'Cũ');
    expect(await person.transcript()).toMatchInlineSnapshot(`
      "person: [Bắt đầu]
      bot: Chào bạn! Bạn nhắn gì, mình nhắc lại nấy. 😊
           (Hello! I say back what you write.)
           [Trợ giúp] [English]
      person: [Trợ giúp]
      bot: Mình nhắc lại những gì bạn nhắn. Bạn cứ nhắn thử một câu nhé!
           [Trợ giúp] [English]
      person: [English]
      bot: I speak English from now on!
      person: good evening
      bot: You said: "good evening"
      person: <image>
      bot: I cannot read images yet, please write to me! 😊
      person: help
      bot: I say back what you write. Just write something!
           [Help] [Tiếng Việt]
      person: [Tiếng Việt]
      bot: Từ giờ mình nói tiếng Việt nhé!
      person: trợ giúp
      bot: Mình nhắc lại những gì bạn nhắn. Bạn cứ nhắn thử một câu nhé!
           [Trợ giúp] [English]
      person: [Cũ]
      bot: Mình chưa hiểu ý bạn. Bạn nhắn bằng chữ giúp mình nhé!"
    `);
  });
});
