import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { barriers } from './accessibility.ts';
import { countAnswers } from './answers.ts';
import { describeInBrowser, openBrowser } from './browser.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

const boardPassword = 'mật khẩu của bảng';
const httpCredentials = { username: 'bot', password: boardPassword };
const ann = '700000000000061';
const ben = '700000000000062';

let local: LocalStack;
let browser: Browser;
let page: Page;
let base: string;

beforeAll(async () => {
  const environment = { ...process.env, BOARD_PASSWORD: boardPassword };
  local = await startLocalStack({ environment, databaseUrl: 'memory:' });
  [base = ''] = local.stack.workerUrls;
  const { emulator } = local;
  const answers = countAnswers(emulator);
  emulator.say(ann, 'xin chào');
  emulator.say(ann, 'trà sen giá bao nhiêu');
  emulator.say(ben, 'chào shop');
  const postback = { title: 'Nút của năm ngoái', payload: 'OLD_OFFER:1:{"sku":"SEN"}' };
  emulator.emit(ben, 'messaging_postbacks', { postback });
  await answers.wait(4, AbortSignal.timeout(20_000));
  browser = await openBrowser();
});

beforeEach(async () => {
  await page?.context().close();
  const context = await browser.newContext({ httpCredentials, locale: 'en-US', viewport: null });
  page = await context.newPage();
});

afterAll(async () => {
  await browser?.close();
  await local?.stack.close();
});

const figure = (name: string): Promise<string> =>
  page.locator(`[data-figure="${name}"]`).innerText();

/** Until what was said has been written. */
async function open(query = ''): Promise<void> {
  await expect
    .poll(async () => {
      await page.goto(`${base}/insights${query}`);
      return (await page.locator('h1').innerText()) === 'Insights' && figure('from_bot');
    })
    .toBe('4');
}

describeInBrowser('the page of insights', () => {
  it('is shown to nobody without the password', async () => {
    const { status, headers } = await fetch(`${base}/insights`);
    expect([status, headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="bot", charset="UTF-8"',
    ]);
  });

  it('shows what happened, and by a filter what did not', async () => {
    await open();
    expect(await figure('people')).toBe('2');
    expect(await figure('new_people')).toBe('2');
    expect(await figure('from_people')).toBe('4');
    expect(await figure('share_in_time')).toBe('100%');
    expect(await figure('unanswered')).toBe('1');
    const buttons = page.getByRole('region', { name: 'Buttons' });
    expect(await buttons.getByRole('rowheader').allInnerTexts()).toEqual(['OLD_OFFER']);

    await page.getByLabel('From', { exact: true }).fill('2025-01-01');
    await page.getByLabel('To', { exact: true }).fill('2025-01-31');
    await page.getByRole('combobox', { name: 'Page' }).selectOption('100000000000001');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('2025-01-01 – 2025-01-31').waitFor();
    expect(page.url()).toContain('page=100000000000001&from=2025-01-01&to=2025-01-31');
    expect(await figure('people')).toBe('0');

    await page.getByRole('link', { name: 'Today' }).click();
    await expect.poll(() => figure('people')).toBe('2');
    await page.getByRole('link', { name: 'Tiếng Việt' }).click();
    await page.getByRole('heading', { name: 'Số liệu' }).waitFor();
    expect(await figure('people')).toBe('2');
  });

  it('has no word that was said, until somebody asks for what was not answered', async () => {
    const words = /xin chào|bao nhiêu|chào shop|Bạn vừa nói|năm ngoái|chưa hiểu/;
    await open();
    expect(await page.content()).not.toMatch(words);
    const links = await page.getByRole('link', { name: /^CSV/ }).all();
    expect(links).toHaveLength(9);
    const urls = await Promise.all(links.map((link) => link.getAttribute('href')));
    for (const url of urls) {
      const file = await page.request.get(`${base}${url}`);
      expect(file.status()).toBe(200);
      expect(await file.text()).not.toMatch(words);
    }

    await page.getByRole('link', { name: 'Show what people wrote' }).click();
    await page.getByRole('cell', { name: 'Nút của năm ngoái' }).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV: Unanswered, word for word' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^unanswered-texts_\d{4}-\d\d-\d\d_.*\.csv$/);
    await page.getByRole('link', { name: 'Hide what people wrote' }).click();
    await page.getByRole('link', { name: 'Show what people wrote' }).waitFor();
    expect(await page.content()).not.toMatch(words);
  });

  it.each(['light', 'dark'] as const)(
    'keeps nobody from using it, when it is %s',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      await open('?texts=1');
      expect(await barriers(page)).toEqual([]);
      await page.locator('summary').first().press('Enter');
      expect(await page.getByRole('region', { name: 'People' }).getByRole('row').count()).toBe(8);
    },
  );

  it('has all figures on the screen of a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await open('?lang=en&texts=1');
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBe(360);
  });

  it('violates its own policy nowhere', async () => {
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await open('?texts=1');
    expect(complaints).toEqual([]);
  });
});
