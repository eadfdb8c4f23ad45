import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
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
  await page?.close();
  page = await browser.newPage({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  await page.goto(`${scene.emulator.url}/#${thuHa}`);
  await page.getByTestId('composer').waitFor();
});

afterAll(async () => {
  await browser.close();
  await scene.close();
});

const log = (): Locator => page.getByTestId('log');
const isFocused = (what: Locator): Promise<boolean> =>
  what.evaluate((element) => element.matches(':focus'));

/** Presses the key until that has the focus: a person who sees where it is does the same. */
async function reach(what: Locator, key = 'Tab'): Promise<void> {
  await what.waitFor();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await isFocused(what)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`60 times ${key} do not lead to ${String(what)}.`);
}

async function ask(): Promise<void> {
  await scene.graph.messages.send({
    to: thuHa,
    message: {
      text: 'Bạn chọn nhé?',
      quickReplies: [
        { title: 'Trà sen', payload: 'SEN' },
        { title: 'Trà nhài', payload: 'NHAI' },
      ],
    },
  });
}

describeInBrowser('with the keyboard alone a person', () => {
  it('chooses somebody in the list, goes to the message box, and writes', async () => {
    await reach(page.getByTestId(`person-${thuHa}`));
    await reach(page.getByTestId(`person-${alice}`), 'ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Alice Johnson' }).waitFor();
    await reach(page.getByTestId('composer'));
    await page.keyboard.type('Hello there');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('and here');
    await page.keyboard.press('Enter');
    await log().getByText('Hello there').waitFor();
    expect(scene.emulator.state.conversations[alice]?.messages.at(-1)?.text).toBe(
      'Hello there\nand here',
    );
  });

  it('skips the list with the first Tab', async () => {
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Go to the message box');
    await page.keyboard.press('Enter');
    expect(await isFocused(page.getByTestId('composer'))).toBe(true);
  });

  it('taps a quick reply, and can write at once', async () => {
    await ask();
    await reach(page.getByTestId('quick-replies').getByRole('button', { name: 'Trà nhài' }));
    await page.keyboard.press('Enter');
    await log().locator('[data-direction="out"]').last().getByText('Trà nhài').waitFor();
    expect(await isFocused(page.getByTestId('composer'))).toBe(true);
  });

  it('reacts to a message, and answers it', async () => {
    await ask();
    await page.getByTestId('quick-replies').waitFor();
    const row = page.locator('.row.in').last();
    await reach(row.getByRole('button', { name: 'React' }));
    await page.keyboard.press('Enter');
    await reach(row.getByRole('button', { name: 'Wow' }), 'ArrowRight');
    await page.keyboard.press('Enter');
    await row.getByRole('img', { name: 'Reaction of Nguyễn Thu Hà: Wow' }).waitFor();
    expect(await isFocused(row.getByRole('button', { name: 'React' }))).toBe(true);

    await reach(row.getByRole('button', { name: 'Reply' }));
    await page.keyboard.press('Enter');
    await page.getByText('Replying to Tiệm Trà Nhỏ').waitFor();
    expect(await isFocused(page.getByTestId('composer'))).toBe(true);
    await page.keyboard.type('Trà sen');
    await page.keyboard.press('Enter');
    await page.locator('.row.out').last().locator('.quote').getByText('Bạn chọn nhé?').waitFor();
  });

  it('opens the panel, goes through its tabs, and closes it with Escape', async () => {
    await reach(page.getByTestId('panel-toggle'));
    await page.keyboard.press('Enter');
    await reach(page.getByTestId('tab-timeline'));
    await page.keyboard.press('ArrowRight');
    await page.getByTestId('faults').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByTestId('webhook').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('panel').waitFor({ state: 'detached' });
    expect(await isFocused(page.getByTestId('panel-toggle'))).toBe(true);
  });

  it('opens a menu and closes it with Escape, which leaves the focus on its button', async () => {
    await reach(page.getByTestId('thread-menu'));
    await page.keyboard.press('Enter');
    const block = page.getByRole('button', { name: 'Block the Page' });
    await reach(block, 'ArrowDown');
    await page.keyboard.press('Escape');
    await block.waitFor({ state: 'detached' });
    expect(await isFocused(page.getByTestId('thread-menu'))).toBe(true);
  });
});

describeInBrowser('a page with a conversation', () => {
  it('asks no other host than the local Messenger, and has nothing to complain of', async () => {
    const { emulator, graph } = scene;
    const quiet = await browser.newPage({ locale: 'en-US' });
    const hosts = new Set<string>();
    const complaints: string[] = [];
    quiet.on('request', (request) => hosts.add(new URL(request.url()).origin));
    quiet.on('console', (line) => complaints.push(line.text()));
    quiet.on('pageerror', (error) => complaints.push(String(error)));
    await quiet.goto(`${emulator.url}/#${thuHa}`);
    await graph.messages.sendText({ to: thuHa, text: 'Xem https://quan-tra.example/sen.png' });
    await quiet.getByText('https://quan-tra.example/sen.png').last().waitFor();
    await quiet.getByTestId('composer').fill('cảm ơn');
    await quiet.getByTestId('composer').press('Enter');
    await quiet.locator('.row.out', { hasText: 'cảm ơn' }).waitFor();
    await quiet.getByTestId('panel-toggle').click();
    await quiet.getByTestId('delivery').first().waitFor();
    await quiet.close();
    expect([...hosts]).toEqual([emulator.url]);
    expect(complaints).toEqual([]);
  });
});
