import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility.ts';
import { describeInBrowser, openBrowser } from './browser.ts';
import { alice, type ChatScene, startChatScene, thuHa } from './chat-scene.ts';
import { sendEveryKind } from './every-kind.ts';

let scene: ChatScene;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  scene = await startChatScene();
  const { emulator, graph } = scene;
  await graph.profile.set({
    getStarted: { payload: 'GET_STARTED' },
    greeting: [{ locale: 'default', text: 'Chào {{user_first_name}}!' }],
    persistentMenu: [
      {
        locale: 'default',
        callToActions: [
          { type: 'postback', title: 'Xem trà', payload: 'TEAS' },
          { type: 'web_url', title: 'Trang của tiệm', url: 'https://quan-tra.example' },
        ],
      },
    ],
  });
  const { mid } = emulator.say(thuHa, 'còn trà sen không?');
  emulator.edit(thuHa, mid, 'còn trà nhài không?');
  emulator.attach(thuHa, 'location');
  const said = { to: thuHa, message: { text: 'Dạ còn ạ' } };
  const { messageId } = await graph.messages.send({ ...said, replyTo: mid });
  emulator.react(thuHa, messageId, 'love');
  emulator.sayAsHuman(thuHa, 'Mình là Lan');
  emulator.inject({ kind: 'latency', ms: 1, api: 'personas' });
  await sendEveryKind(graph, emulator.url, thuHa);
  browser = await openBrowser();
});

afterEach(() => page.close());

afterAll(async () => {
  await browser.close();
  await scene.close();
});

const vi = { locale: 'vi-VN' };
const en = { locale: 'en-US' };
const light = { colorScheme: 'light' } as const;
const dark = { colorScheme: 'dark' } as const;
const phone = { viewport: { width: 360, height: 740 } };

const looks: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light and Vietnamese', { ...light, ...vi }],
  ['dark and English', { ...dark, ...en }],
  ['light, English, on a phone', { ...light, ...en, ...phone }],
  ['dark, Vietnamese, on a phone', { ...dark, ...vi, ...phone }],
];

describeInBrowser.each(looks)('the page, %s,', (_name, look) => {
  const open = async (psid: string): Promise<void> => {
    page = await browser.newPage({ reducedMotion: 'reduce', ...look });
    await page.goto(`${scene.emulator.url}/#${psid}`);
  };

  it('has no barrier in a conversation with all kinds', async () => {
    await open(thuHa);
    await page.getByTestId('quick-replies').waitFor();
    expect(await barriers(page)).toEqual([]);
    // So high that nothing lies hidden below an edge, where no contrast can be measured.
    const width = page.viewportSize()?.width ?? 0;
    await page.setViewportSize({ width, height: 9000 });
    await expect
      .poll(async () => (await page.locator('.row').first().boundingBox())?.y)
      .toBeGreaterThan(0);
    expect(await barriers(page)).toEqual([]);
  });

  it('has no barrier in the list', async () => {
    await open('');
    await page.getByTestId(`person-${thuHa}`).waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it('has no barrier where nothing was said, nor in an opened menu', async () => {
    await open(alice);
    await page.getByTestId('offers').waitFor();
    expect(await barriers(page)).toEqual([]);
    for (const menu of ['menu-button', 'thread-menu', 'attach']) {
      await page.getByTestId(menu).click();
      await page.locator('.popover-body').waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('.popover-body').waitFor({ state: 'detached' });
    }
  });

  it('has no barrier in the tabs of the panel', async () => {
    await open(thuHa);
    await page.getByTestId('panel-toggle').click();
    await page.getByTestId('delivery').first().getByRole('button').first().click();
    await page.getByTestId('call').first().getByRole('button').first().click();
    expect(await barriers(page)).toEqual([]);
    for (const tab of ['faults', 'webhook']) {
      await page.getByTestId(`tab-${tab}`).click();
      await page.getByTestId(tab).waitFor();
      expect(await barriers(page)).toEqual([]);
    }
  });
});

describeInBrowser('the check itself', () => {
  it('finds a barrier where there is one', async () => {
    page = await browser.newPage();
    await page.goto(scene.emulator.url);
    await page.getByTestId('composer').evaluate((box) => box.removeAttribute('aria-label'));
    await page.getByTestId('composer').evaluate((box) => box.removeAttribute('placeholder'));
    expect(await barriers(page)).toEqual([expect.stringMatching(/^label: <textarea/)]);
  });
});
