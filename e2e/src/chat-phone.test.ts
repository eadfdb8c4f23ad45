import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeInBrowser, openBrowser } from './browser.ts';
import { type ChatScene, startChatScene, thuHa } from './chat-scene.ts';
import { sendEveryKind } from './every-kind.ts';

let scene: ChatScene;
let browser: Browser;
let page: Page;

const viewport = { width: 360, height: 740 };

beforeAll(async () => {
  scene = await startChatScene();
  const { emulator, graph } = scene;
  await sendEveryKind(graph, emulator.url, thuHa);
  emulator.say(thuHa, 'Một câu dài đến hết dòng. '.repeat(6));
  await graph.messages.sendText({ to: thuHa, text: 'Một câu dài đến hết dòng. '.repeat(6) });
  emulator.say(thuHa, 'ừ');
  await graph.messages.sendText({ to: thuHa, text: 'dạ' });
  browser = await openBrowser();
});

beforeEach(async () => {
  await page?.close();
  page = await browser.newPage({
    locale: 'en-US',
    viewport,
    isMobile: true,
    hasTouch: true,
    reducedMotion: 'reduce',
  });
  await page.goto(`${scene.emulator.url}/#${thuHa}`);
  await page.locator('.row').last().waitFor();
});

afterAll(async () => {
  await browser.close();
  await scene.close();
});

/** How far it reaches over the left or right edge of the screen, in pixels. */
async function overhang(what: Locator): Promise<number> {
  const { x, width } = (await what.boundingBox()) ?? { x: Number.NaN, width: 0 };
  return Math.max(0, -x, x + width - viewport.width);
}

describeInBrowser('on a phone', () => {
  it('nothing makes the page wider than the screen', async () => {
    const widths = await page.evaluate<number[]>(
      "[document.documentElement, ...document.querySelectorAll('.scroller')]" +
        '.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)',
    );
    expect(widths).toEqual([0, 0]);
  });

  it('what can be done with a message stays on the screen, beside every bubble', async () => {
    const cut: string[] = [];
    for (const row of await page.locator('.row').all()) {
      const actions = row.locator('.bubble-actions');
      if ((await overhang(actions)) > 0) cut.push(await row.innerText());
    }
    expect(cut).toEqual([]);
  });

  it('every reaction can be reached, at the first, at a long and at a short message', async () => {
    const top = (await page.locator('.scroller').boundingBox())?.y;
    for (const said of ['Xem https', 'Một câu dài', 'dạ']) {
      const row = page.locator('.row.in').filter({ hasText: said }).last();
      // Not in the middle, where a link may be.
      await row.locator('.bubble').tap({ position: { x: 6, y: 10 } });
      await row.getByRole('button', { name: 'React' }).tap();
      for (const face of await row.locator('.face').all()) {
        await face.waitFor();
        expect(await overhang(face)).toBe(0);
        expect((await face.boundingBox())?.y).toBeGreaterThan(top ?? Infinity);
      }
      await row.getByRole('button', { name: 'Love' }).tap();
      await row.getByRole('img', { name: 'Reaction of Nguyễn Thu Hà: Love' }).waitFor();
    }
  });

  it.each(['attach', 'thread-menu'])('the menu %s opens on the screen', async (menu) => {
    await page.getByTestId(menu).tap();
    const body = page.locator('.popover-body');
    await body.waitFor();
    expect(await overhang(body)).toBe(0);
  });

  it('a conversation, its panel and the list come one at a time', async () => {
    expect(await page.getByTestId(`person-${thuHa}`).count()).toBe(0);
    await page.getByTestId('panel-toggle').tap();
    await page.getByTestId('panel').waitFor();
    expect(await page.getByTestId('log').count()).toBe(0);
    await page.getByRole('button', { name: 'Close' }).tap();
    await page.getByRole('button', { name: 'Back to the list' }).tap();
    await page.getByTestId(`person-${thuHa}`).tap();
    await page.getByTestId('log').waitFor();
  });
});
