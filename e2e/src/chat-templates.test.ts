import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser, openBrowser } from './browser.ts';
import { type ChatScene, startChatScene, thuHa } from './chat-scene.ts';
import { sendEveryKind } from './every-kind.ts';

let scene: ChatScene;
let browser: Browser;
let page: Page;
let sent: ReadonlyMap<string, string>;

beforeAll(async () => {
  scene = await startChatScene();
  const { emulator, graph } = scene;
  sent = await sendEveryKind(graph, emulator.url, thuHa);
  browser = await openBrowser();
  page = await browser.newPage({ locale: 'en-US' });
  await page.goto(`${emulator.url}/#${thuHa}`);
  await bubble('quickReplies').waitFor();
});

afterAll(async () => {
  await browser.close();
  await scene.close();
});

/** The bubble of the message of that kind. */
function bubble(kind: string): Locator {
  return page.locator(`[data-mid="${sent.get(kind)}"]`);
}

/** Waits until each picture in it has been decoded; answers how many there are. */
async function pictures(within: Locator): Promise<number> {
  const all = await within.locator('img').all();
  for (const each of all) {
    await each.scrollIntoViewIfNeeded();
    await expect
      .poll(() => each.evaluate((image: { naturalWidth?: number }) => image.naturalWidth ?? 0))
      .toBeGreaterThan(0);
  }
  return all.length;
}

/** Waits until the sound or video is known to last. */
async function lasts(media: Locator): Promise<void> {
  await media.waitFor();
  await expect
    .poll(() => media.evaluate((element: { duration?: number }) => element.duration ?? 0))
    .toBeGreaterThan(0);
}

const link = (kind: string, name: string): Locator =>
  bubble(kind).getByRole('link', { name, exact: true });
const button = (kind: string, name: string): Locator =>
  bubble(kind).getByRole('button', { name, exact: true });

describeInBrowser('what a Page sends', () => {
  it('as a picture by its address or from what was uploaded is really shown', async () => {
    expect(await pictures(bubble('imageByUrl'))).toBe(1);
    expect(await pictures(bubble('imageById'))).toBe(1);
    expect(await pictures(bubble('images'))).toBe(2);
  });

  it('as a sound, a video or a file can be played or opened', async () => {
    await lasts(bubble('audioByUrl').locator('audio'));
    await lasts(bubble('audioById').locator('audio'));
    await lasts(bubble('video').locator('video'));
    const file = bubble('file').getByRole('link');
    expect(await file.innerText()).toContain('bảng giá.pdf');
    expect(await file.getAttribute('href')).toMatch(/\.pdf$/);
  });

  it('as a text has its addresses as links, and a sticker its picture', async () => {
    expect(await link('text', 'https://quan-tra.example/sen').count()).toBe(1);
    expect(await pictures(bubble('sticker'))).toBe(1);
  });

  it('as buttons: a link, a postback that can be tapped, and a telephone number', async () => {
    expect(await bubble('button').innerText()).toContain('Bạn muốn gì?');
    const shop = link('button', 'Xem trang');
    expect(await shop.getAttribute('href')).toBe('https://quan-tra.example/sen');
    expect(await shop.getAttribute('rel')).toBe('noopener noreferrer');
    expect(await link('button', 'Gọi').getAttribute('href')).toBe('tel:+84901234567');
    expect(await button('button', 'Mua').isEnabled()).toBe(true);
  });

  it('as cards can be gone through with the buttons, to the end and back', async () => {
    expect(await pictures(bubble('generic'))).toBe(4);
    await turnTo('Mua Trà sen', 'Previous card');
    expect(await isInView('Mua Trà gừng')).toBe(false);
    await turnTo('Mua Trà gừng', 'Next card');
    expect(await isInView('Mua Trà sen')).toBe(false);
  });

  it('as media shows what was uploaded, with its buttons', async () => {
    expect(await pictures(bubble('media'))).toBe(1);
    expect(await button('media', 'Mua').count()).toBe(1);
  });

  it('as a receipt has its lines, sums in dong, and where it goes', async () => {
    const text = (await bubble('receipt').innerText()).replaceAll(/\s+/g, ' ');
    for (const part of ['TT-0001', 'Trà sen', '₫70,000', 'Giảm giá', '₫80,000', 'Tiền mặt', 'Huế'])
      expect(text).toContain(part);
    expect(await pictures(bubble('receipt'))).toBe(1);
    expect(await link('receipt', 'See the order').count()).toBe(1);
  });

  it('as a coupon has a code that can be copied, and the way to the shop', async () => {
    expect(await bubble('coupon').innerText()).toContain('TRA10');
    expect(await link('coupon', 'Đến cửa hàng').count()).toBe(1);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await button('coupon', 'Copy the code').click();
    await button('coupon', 'Copied').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('TRA10');
  });

  it('as products says their ids, and as a grid shows its pictures', async () => {
    expect(await bubble('product').innerText()).toContain('4242424242');
    expect(await pictures(bubble('imageGrid'))).toBe(2);
    expect(await bubble('imageGrid').innerText()).toMatch(/Thực đơn\s+Hôm nay\s+Xem hết/);
  });

  it('as a form shows what it asks', async () => {
    const feedback = await bubble('customerFeedback').innerText();
    expect(feedback).toMatch(
      /Bạn thấy sao\?[^]*Trà có ngon không\?[^]*☆[^]*Kể thêm nhé[^]*Đánh giá/,
    );
    const information = await bubble('customerInformation').innerText();
    expect(information).toContain('The Page asks for your shipping address.');
    expect(information).toContain('Vietnam');
  });

  it('as a utility message says its template and what fills it', async () => {
    expect(await bubble('utility').innerText()).toMatch(/don_hang_da_gui[^]*TT-0001/);
  });
});

/** Goes on with that button until what is named can be seen. */
async function turnTo(name: string, turn: string): Promise<void> {
  const goOn = button('generic', turn);
  await expect
    .poll(async () => {
      if (await isInView(name)) return true;
      // At the end of the cards the button is out of use, perhaps while it is clicked.
      await goOn.click({ timeout: 1_000 }).catch(() => undefined);
      return false;
    })
    .toBe(true);
}

/** Whether the button with that name lies inside of what can be seen of the cards. */
async function isInView(name: string): Promise<boolean> {
  const [seen, box] = await Promise.all([
    bubble('generic').locator('ul.cards').boundingBox(),
    button('generic', name).boundingBox(),
  ]);
  if (seen === null || box === null) return false;
  return box.x >= seen.x - 1 && box.x + box.width <= seen.x + seen.width + 1;
}
