import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser, openBrowser } from './browser.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

let local: LocalStack;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  local = await startLocalStack();
  browser = await openBrowser();
  page = await browser.newPage({ locale: 'vi-VN' });
  await page.goto(local.emulator.url);
});

afterAll(async () => {
  await browser.close();
  await local.stack.close();
});

const answers = () => page.getByTestId('log').locator('[data-direction="in"]');

describeInBrowser('the chat page', () => {
  it('shows the answer to what is typed', async () => {
    await page.getByTestId('composer').fill('xin chào');
    await page.getByTestId('composer').press('Enter');
    await answers().first().waitFor({ timeout: 10_000 });
    expect(await answers().allTextContents()).toEqual([
      expect.stringContaining('Bạn vừa nói: "xin chào"'),
    ]);
  });

  it('keeps the conversations of several people apart', async () => {
    const second = local.emulator.state.people[1];
    await page.getByTestId(`person-${second?.psid}`).click();
    await page.getByTestId('composer').fill('chào, mình là người khác');
    await page.getByTestId('send').click();
    await answers().first().waitFor({ timeout: 10_000 });
    expect(await answers().allTextContents()).toEqual([
      expect.stringContaining('Bạn vừa nói: "chào, mình là người khác"'),
    ]);
  });

  it('shows what a person wrote as text, never as markup', async () => {
    await page.getByTestId('composer').fill('<img src=x onerror="document.title=1">');
    await page.getByTestId('send').click();
    await answers().nth(1).waitFor({ timeout: 10_000 });
    expect(await page.getByTestId('log').locator('img').count()).toBe(0);
  });
});
