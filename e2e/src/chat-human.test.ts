import { createGraphClient, type GraphClient } from '@bot/graph-client';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeInBrowser, openBrowser } from './browser.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

let local: LocalStack;
let browser: Browser;
let page: Page;
let psid: string;
let graph: GraphClient;

beforeAll(async () => {
  local = await startLocalStack();
  const { pageAccessToken: accessToken, appSecret } = local.stack.credentials;
  const baseUrl = local.emulator.url;
  graph = createGraphClient({ baseUrl, accessToken, appSecret, pageId: '100000000000001' });
  browser = await openBrowser();
});

/** Each test has a person of its own. */
beforeEach(async (context) => {
  await page?.close();
  ({ psid } = local.emulator.addPerson({ name: `Khách ${context.task.id}` }));
  page = await browser.newPage({ locale: 'vi-VN' });
  await page.goto(`${local.emulator.url}/#${psid}`);
});

afterAll(async () => {
  await browser.close();
  await graph.close();
  await local.stack.close();
});

async function say(text: string): Promise<void> {
  await page.getByTestId('composer').fill(text);
  await page.getByTestId('composer').press('Enter');
}

async function choose(name: string): Promise<void> {
  await page.getByTestId('thread-menu').click();
  await page.getByRole('button', { name, exact: true }).click();
}

const heard = (text: string): Locator =>
  page.getByTestId('log').locator('.row.in').filter({ hasText: text });

const owner = (text: string): Promise<void> => page.getByTestId('owner').getByText(text).waitFor();

describeInBrowser('a human of the Page', () => {
  it('writes beside the bot, and is told apart from it', async () => {
    await say('tôi muốn gặp người');
    await heard('Bạn vừa nói').waitFor();
    await page.getByTestId('as-human').click();
    await say('Chào bạn, mình là Lan.');
    await heard('Chào bạn, mình là Lan.').getByText('Nhân viên').waitFor();
    expect(await heard('Bạn vừa nói').getByText('Nhân viên').count()).toBe(0);
  });

  it('takes over, so that the bot is silent, and gives back, so that it answers', async () => {
    await say('một');
    await heard('Bạn vừa nói: "một"').waitFor();
    await choose('Nhân viên tiếp quản');
    await owner('Nhân viên trả lời');
    await say('hai');
    await page
      .locator('.row.out', { hasText: 'hai' })
      .getByText(/Đã nhận|Đã xem/)
      .waitFor({ state: 'attached' });
    await page.getByTestId('panel-toggle').click();
    await page.getByTestId('delivery').filter({ hasText: 'chờ' }).first().waitFor();
    await choose('Giao cho bot');
    await owner('Bot trả lời');
    await say('ba');
    await heard('Bạn vừa nói: "ba"').waitFor();
    expect(await heard('Bạn vừa nói: "hai"').count()).toBe(0);
  });
});

describeInBrowser('a person', () => {
  it('opens the window of 24 hours by writing', async () => {
    const window = page.getByTestId('window');
    await window.getByText('Cửa sổ chưa mở').waitFor();
    await say('mở cửa');
    await expect.poll(() => window.innerText()).toMatch(/Mở đến mai \d\d:\d\d$/);
  });

  it('blocks the Page, gets nothing from it, and lets it write again', async () => {
    await say('chào');
    await heard('Bạn vừa nói: "chào"').waitFor();
    await choose('Chặn Trang');
    await page.getByText('đã chặn Tiệm Trà Nhỏ nên không nhận được gì').waitFor();
    await expect(graph.messages.sendText({ to: psid, text: 'im lặng' })).rejects.toMatchObject({
      code: 551,
    });
    await page.getByTestId('panel-toggle').click();
    await page.getByTestId('call').filter({ hasText: '400 (551)' }).waitFor();

    // Nor can they write: the reason is told, and what was written stays.
    await say('còn đó không?');
    await page.getByTestId('notice').getByText('has blocked the Page: unblock it').waitFor();
    expect(await page.getByTestId('composer').inputValue()).toBe('còn đó không?');
    await choose('Bỏ chặn Trang');
    await page.getByTestId('composer').press('Enter');
    await heard('Bạn vừa nói: "còn đó không?"').waitFor();
    expect(await heard('im lặng').count()).toBe(0);
  });
});
