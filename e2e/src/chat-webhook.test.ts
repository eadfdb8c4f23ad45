import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser, openBrowser } from './browser.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

let local: LocalStack;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  local = await startLocalStack();
  browser = await openBrowser();
  page = await browser.newPage({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  await page.goto(local.emulator.url);
  await page.getByTestId('panel-toggle').click();
});

afterAll(async () => {
  await browser.close();
  await local.stack.close();
});

async function say(text: string): Promise<void> {
  await page.getByTestId('composer').fill(text);
  await page.getByTestId('composer').press('Enter');
}

const answers = (): Locator => page.getByTestId('log').locator('[data-direction="in"]');

describeInBrowser('the tab of the webhook', () => {
  it('says where deliveries go, and how the last one went', async () => {
    await page.getByTestId('tab-webhook').click();
    const webhook = page.getByTestId('webhook');
    await webhook.getByText(local.stack.webhookUrl).waitFor();
    await webhook.getByText('nothing sent yet').waitFor();
    await say('xin chào');
    await webhook.getByText('200', { exact: true }).waitFor();
    await answers().first().waitFor();
    expect(await answers().count()).toBe(1);
  });

  it('shakes hands with it as Meta does', async () => {
    await page.getByTestId('handshake').click();
    const result = page.getByTestId('webhook').locator('.handshake p');
    await expect.poll(() => result.innerText()).toBe('The webhook answered as it should.');
  });
});

describeInBrowser('a webhook that dies', () => {
  const notice = (): Locator => page.getByTestId('notice');

  it('is named at the top, while what is said is tried again', async () => {
    await local.stack.kill('webhook', 'SIGKILL');
    await say('có ai không?');
    const reason = `The webhook ${local.stack.webhookUrl} cannot be reached. Start it`;
    await notice().getByText(reason).waitFor();
    const said = page.locator('.row', { hasText: 'có ai không?' });
    await said.getByText('Webhook does not answer, trying again').waitFor();
    await page.getByTestId('handshake').click();
    const failed = page.getByTestId('webhook').locator('.handshake .failed');
    await expect.poll(() => failed.count()).toBe(1);
  });

  it('is forgotten once it is back: the message is delivered, and answered once', async () => {
    await local.stack.restart('webhook');
    await answers().filter({ hasText: 'có ai không?' }).waitFor({ timeout: 60_000 });
    await expect.poll(() => notice().innerText()).toBe('');
    const said = page.locator('.row.out', { hasText: 'có ai không?' });
    expect(await said.getByText('trying again').count()).toBe(0);
    await said.getByText(/Delivered|Seen/).waitFor({ state: 'attached' });
    await say('tốt rồi');
    await answers().filter({ hasText: 'tốt rồi' }).waitFor();
    expect(await answers().filter({ hasText: 'có ai không?' }).count()).toBe(1);
  });
});
