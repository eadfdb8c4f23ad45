import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser, openBrowser } from './browser.ts';
import { type RunningExample, startExample } from './example.ts';

const docs = join(import.meta.dirname, '..', '..', 'docs');
/** The pictures of docs/ are drawn anew only when asked: each drawing has other times in it. */
const isUpdate = (process.env['UPDATE_SCREENSHOTS'] ?? '') !== '';

let shop: RunningExample;
let browser: Browser;
let folder: string;
let page: Page;

beforeAll(async () => {
  shop = await startExample('shop');
  browser = await openBrowser();
  folder = isUpdate ? docs : await mkdtemp(join(tmpdir(), 'screenshots-'));
});

afterAll(async () => {
  await browser.close();
  await shop.stop();
  if (!isUpdate) await rm(folder, { recursive: true });
});

async function open(look: BrowserContextOptions): Promise<void> {
  page = await browser.newPage({ locale: 'vi-VN', reducedMotion: 'reduce', ...look });
  await page.goto(shop.url);
}

/** Taps what has that name, the newest of it, and waits for what the Page says then. */
async function tap(name: string, answer: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).last().click();
  const heard = page.getByTestId('log').locator('[data-direction="in"]');
  await heard.filter({ hasText: answer }).last().waitFor();
}

/** Draws the page; answers the size of the picture and how many colours it has. */
async function draw(name: string): Promise<{ width: number; height: number; colours: number }> {
  await page.getByTestId('typing').waitFor({ state: 'detached' });
  // Nothing is drawn as under a pointer, or as chosen.
  await page.mouse.move(0, 0);
  await page
    .locator(':focus')
    .evaluateAll((elements) =>
      elements.forEach((each) => (each as unknown as { blur(): void }).blur()),
    );
  const path = join(folder, name);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const bytes = await readFile(path);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  await page.close();
  page = await browser.newPage();
  await page.setContent(`<img src="data:image/png;base64,${bytes.toString('base64')}">`);
  const found = await page.evaluate<{ width: number; height: number; colours: number }>(
    countColours,
  );
  await page.close();
  return found;
}

/** Evaluated in the browser. */
const countColours = `(async () => {
  const image = document.querySelector('img');
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  return { width, height, colours: new Set(pixels).size };
})()`;

describeInBrowser('the pictures of the chat page', () => {
  it('show a conversation with its panel', async () => {
    await open({ viewport: { width: 1360, height: 860 } });
    await tap('Bắt đầu', 'Chào bạn đến với Tiệm Trà Nhỏ!');
    await tap('Xem trà', '35.000 đ');
    await tap('Mua Trà sen', 'Đã thêm Trà sen vào giỏ.');
    await tap('Giỏ hàng', 'Tổng: 35.000 đ');
    await tap('Đặt hàng', 'Cảm ơn bạn! Đơn TT-');
    await page.getByTestId('panel-toggle').click();
    await page.getByTestId('call').last().waitFor();
    expect(await draw('chat-page.png')).toEqual({
      width: 1360,
      height: 860,
      colours: expect.toSatisfy((count: number) => count > 500),
    });
  });

  it('show it dark, on a phone', async () => {
    await open({
      viewport: { width: 390, height: 780 },
      deviceScaleFactor: 2,
      colorScheme: 'dark',
      isMobile: true,
      hasTouch: true,
    });
    await page.getByRole('link', { name: 'Trần Minh Quân' }).click();
    await tap('Bắt đầu', 'Chào bạn đến với Tiệm Trà Nhỏ!');
    await tap('Xem trà', '35.000 đ');
    await tap('Mua Trà sen', 'Đã thêm Trà sen vào giỏ.');
    expect(await draw('chat-page-dark.png')).toEqual({
      width: 780,
      height: 1560,
      colours: expect.toSatisfy((count: number) => count > 500),
    });
  });
});
