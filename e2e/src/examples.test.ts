import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { describeInBrowser, openBrowser } from './browser.ts';
import { createChatTalk, type ChatTalk } from './chat-talk.ts';
import { type RunningExample, startExample } from './example.ts';

let browser: Browser;
let example: RunningExample;
let page: Page;
let talk: ChatTalk;

beforeAll(async () => {
  browser = await openBrowser();
});

afterEach(async () => {
  await page.close();
  await example.stop();
});

afterAll(() => browser.close());

/** Starts an example with the local Messenger, and opens the chat page. */
async function open(name: string): Promise<void> {
  example = await startExample(name);
  page = await browser.newPage({ locale: 'vi-VN' });
  await page.goto(example.url);
  talk = createChatTalk(page);
}

describeInBrowser('an example, talked to in a browser', () => {
  it('echo: is greeted, and hears itself', async () => {
    await open('echo');
    await talk.tap('Bắt đầu');
    await talk.hears('Chào bạn! Bạn nhắn gì, mình nhắc lại nấy.');
    await talk.say('tạm biệt 👋');
    expect(await talk.hears('Bạn vừa nói: "tạm biệt 👋"')).toBe(1);
  });

  it('shop: chooses teas from cards, looks into the cart, and gets a receipt', async () => {
    await open('shop');
    await talk.tap('Bắt đầu');
    await talk.hears('Chào bạn đến với Tiệm Trà Nhỏ!');
    await talk.tap('Xem trà');
    await talk.hears('35.000 đ');
    await talk.tap('Mua Trà sen');
    await talk.hears('Đã thêm Trà sen vào giỏ.');
    await talk.tap('Mua Trà nhài');
    await talk.hears('Đã thêm Trà nhài vào giỏ.');
    await talk.tap('Giỏ hàng');
    await talk.hears('Tổng: 65.000 đ');
    await talk.tap('Đặt hàng');
    expect(await talk.hears('Cảm ơn bạn! Đơn TT-')).toBe(1);
    await talk.say('gio hang');
    await talk.hears('Giỏ của bạn đang trống.');
  });

  it('appointment: answers the questions of the form, one of them twice', async () => {
    await open('appointment');
    await talk.tap('Đặt lịch hẹn');
    await talk.hears('Bạn muốn làm gì?');
    await talk.tap('Gội đầu');
    await talk.hears('Bạn đến ngày nào, mấy giờ?');
    await talk.say('hôm nào đó');
    await talk.hears('Mình chưa đọc được ngày giờ này');
    await talk.say('31/12 9h');
    await talk.hears('Số điện thoại của bạn?');
    await talk.say('0901234567');
    await talk.hears('Gội đầu');
    await talk.tap('Đúng rồi');
    expect(await talk.hears('Xong! Hẹn gặp bạn lúc 09:00, 31/12/')).toBe(1);
  });
});
