import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { describeInBrowser, openBrowser } from './browser.ts';
import { type RunningExample, startExample } from './example.ts';

let browser: Browser;
let example: RunningExample;
let page: Page;

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
}

/** Clicks what a person can tap, the newest of that name. */
async function tap(name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).last().click();
}

async function say(text: string): Promise<void> {
  await page.getByTestId('composer').fill(text);
  await page.getByTestId('composer').press('Enter');
}

/** Waits until the Page has said this; answers how often it has. */
async function hears(text: string): Promise<number> {
  const answers = page.getByTestId('log').locator('[data-direction="in"]');
  const heard = answers.filter({ hasText: text });
  await heard.last().waitFor({ timeout: 15_000 });
  return heard.count();
}

describeInBrowser('an example, talked to in a browser', () => {
  it('echo: is greeted, and hears itself', async () => {
    await open('echo');
    await tap('Bắt đầu');
    await hears('Chào bạn! Bạn nhắn gì, mình nhắc lại nấy.');
    await say('tạm biệt 👋');
    expect(await hears('Bạn vừa nói: "tạm biệt 👋"')).toBe(1);
  });

  it('shop: chooses teas from cards, looks into the cart, and gets a receipt', async () => {
    await open('shop');
    await tap('Bắt đầu');
    await hears('Chào bạn đến với Tiệm Trà Nhỏ!');
    await tap('Xem trà');
    await hears('35.000 đ');
    await tap('Mua Trà sen');
    await hears('Đã thêm Trà sen vào giỏ.');
    await tap('Mua Trà nhài');
    await hears('Đã thêm Trà nhài vào giỏ.');
    await tap('Giỏ hàng');
    await hears('Tổng: 65.000 đ');
    await tap('Đặt hàng');
    expect(await hears('Cảm ơn bạn! Đơn TT-')).toBe(1);
    await say('gio hang');
    await hears('Giỏ của bạn đang trống.');
  });

  it('appointment: answers the questions of the form, one of them twice', async () => {
    await open('appointment');
    await tap('Đặt lịch hẹn');
    await hears('Bạn muốn làm gì?');
    await tap('Gội đầu');
    await hears('Bạn đến ngày nào, mấy giờ?');
    await say('hôm nào đó');
    await hears('Mình chưa đọc được ngày giờ này');
    await say('31/12 9h');
    await hears('Số điện thoại của bạn?');
    await say('0901234567');
    await hears('Gội đầu');
    await tap('Đúng rồi');
    expect(await hears('Xong! Hẹn gặp bạn lúc 09:00, 31/12/')).toBe(1);
  });
});
