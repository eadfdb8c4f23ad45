import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeInBrowser, openBrowser } from './browser.ts';
import { type ChatScene, startChatScene, thuHa as to } from './chat-scene.ts';

let scene: ChatScene;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  scene = await startChatScene();
  browser = await openBrowser();
});

beforeEach(async () => {
  await page?.close();
  page = await browser.newPage({ locale: 'en-US' });
  await page.goto(`${scene.emulator.url}/#${to}`);
});

afterAll(async () => {
  await browser.close();
  await scene.close();
});

/** The row of a message: its bubble with what stands around it. */
function row(mid: string): Locator {
  return page.locator('.row', { has: page.locator(`[data-mid="${mid}"]`) });
}

async function send(text: string, more: object = {}): Promise<string> {
  const { messageId } = await scene.graph.messages.send({ to, message: { text }, ...more });
  return messageId;
}

describeInBrowser('around a message', () => {
  it('stands the name of the persona that says it, and of no other', async () => {
    const { emulator, graph } = scene;
    const lan = await graph.personas.create({
      name: 'Chị Lan',
      profilePictureUrl: `${emulator.url}/picture.svg`,
    });
    const byLan = await send('Mình là Lan', { personaId: lan.id });
    const byPage = await send('Mình là tiệm');
    await row(byLan).locator('.speaker', { hasText: 'Chị Lan' }).waitFor();
    expect(await row(byPage).getByText('Chị Lan').count()).toBe(0);
  });

  it('stands what it answers, whoever said that', async () => {
    const asked = scene.emulator.say(to, 'còn trà sen không?');
    const answer = await send('Dạ còn ạ', { replyTo: asked.mid });
    const quote = row(answer).locator('.quote');
    expect(await quote.innerText()).toMatch(/In reply to Nguyễn Thu Hà\s+còn trà sen không\?/);
    const more = scene.emulator.say(to, 'lấy hai ấm', { replyTo: answer });
    expect(await row(more.mid).locator('.quote').innerText()).toContain('Dạ còn ạ');
  });

  it('stands the reaction of a person, and of the Page, until it is taken back', async () => {
    const { emulator, graph } = scene;
    const sent = await send('Hôm nay có trà mới');
    emulator.react(to, sent, 'love');
    await row(sent).getByRole('img', { name: 'Reaction of Nguyễn Thu Hà: Love' }).waitFor();
    const { mid } = emulator.say(to, 'tuyệt!');
    await graph.messages.react({ to, messageId: mid, reaction: 'love' });
    const love = row(mid).getByRole('img', { name: 'Reaction of Tiệm Trà Nhỏ: Love' });
    await love.waitFor();
    await graph.messages.unreact({ to, messageId: mid });
    await expect.poll(() => love.count()).toBe(0);
  });

  it('stands how far it came, and that it was changed', async () => {
    const { emulator, graph } = scene;
    const { mid } = emulator.say(to, 'hai ấm');
    await row(mid).getByText('Delivered', { exact: true }).waitFor({ state: 'attached' });
    await graph.messages.senderAction({ to, action: 'mark_seen' });
    await row(mid).getByText('Seen', { exact: true }).waitFor({ state: 'attached' });
    emulator.edit(to, mid, 'ba ấm');
    await row(mid).getByText('edited').waitFor();
    expect(await row(mid).locator('.bubble').innerText()).toBe('ba ấm');
  });
});

describeInBrowser('under the newest message', () => {
  it('stand its quick replies with their pictures, until something is said', async () => {
    const { emulator, graph } = scene;
    await graph.messages.send({
      to,
      message: {
        text: 'Bạn chọn nhé?',
        quickReplies: [
          { title: 'Trà sen', payload: 'SEN', imageUrl: `${emulator.url}/picture.svg` },
          { title: 'Trà nhài', payload: 'NHAI' },
          { type: 'user_phone_number' },
        ],
      },
    });
    const replies = page.getByTestId('quick-replies');
    await replies.getByText('Your phone number').waitFor();
    expect(await replies.getByRole('button').allInnerTexts()).toEqual(['Trà sen', 'Trà nhài']);
    const picture = replies.getByRole('button', { name: 'Trà sen' }).locator('img');
    await expect
      .poll(() => picture.evaluate((image: { naturalWidth?: number }) => image.naturalWidth ?? 0))
      .toBeGreaterThan(0);
    await replies.getByRole('button', { name: 'Trà nhài' }).click();
    await replies.waitFor({ state: 'detached' });
    const bubbles = page.getByTestId('log').locator('[data-direction="out"]');
    expect(await bubbles.last().innerText()).toBe('Trà nhài');
    expect(emulator.state.deliveries.at(-1)?.body).toContain('"payload":"NHAI"');
  });

  it('shows that the Page is typing, until it has said something', async () => {
    await scene.graph.messages.senderAction({ to, action: 'typing_on' });
    const typing = page.getByTestId('typing');
    await typing.waitFor();
    await row(await send('Xong rồi ạ')).waitFor();
    expect(await typing.count()).toBe(0);
  });
});
