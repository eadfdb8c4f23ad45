import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeInBrowser, openBrowser } from './browser.ts';
import { alice, type ChatScene, startChatScene, thuHa } from './chat-scene.ts';

let scene: ChatScene;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  scene = await startChatScene();
  browser = await openBrowser();
});

beforeEach(async () => {
  page = await browser.newPage({ locale: 'en-US' });
});

afterEach(() => page.close());

afterAll(async () => {
  await browser.close();
  await scene.close();
});

describeInBrowser('a conversation that is opened', () => {
  it('asks once for what was said before', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${scene.emulator.url}/#${thuHa}`);
    await page.getByTestId('offers').waitFor();
    expect(asked.filter((path) => path === `/chat/people/${thuHa}/messages`)).toHaveLength(1);
  });

  it('keeps what is said meanwhile, also when an old answer comes late', async () => {
    const held = Promise.withResolvers<void>();
    let asks = 0;
    await page.route(`**/people/${thuHa}/messages`, async (route) => {
      const isFirst = (asks += 1) === 1;
      const response = await route.fetch();
      if (isFirst) await held.promise;
      await route.fulfill({ response });
    });
    const first = page.waitForResponse(`**/people/${thuHa}/messages`);
    await page.goto(`${scene.emulator.url}/#${thuHa}`);
    await page.getByTestId(`person-${alice}`).click();
    await page.getByTestId('offers').waitFor();
    await page.getByTestId(`person-${thuHa}`).click();
    await page.getByTestId('offers').waitFor();
    scene.emulator.say(thuHa, 'nói trong lúc mở');
    const log = page.getByTestId('log');
    await log.getByText('nói trong lúc mở').waitFor();
    held.resolve();
    await (await first).finished();
    scene.emulator.say(thuHa, 'nói sau khi mở');
    await log.getByText('nói sau khi mở').waitFor();
    expect(await log.getByText('nói trong lúc mở').count()).toBe(1);
  });
});
