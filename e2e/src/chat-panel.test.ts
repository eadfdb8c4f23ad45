import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeInBrowser, openBrowser } from './browser.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

let local: LocalStack;
let browser: Browser;
let page: Page;
let psid: string;

beforeAll(async () => {
  local = await startLocalStack();
  browser = await openBrowser();
});

/** Each test has a person of its own. */
beforeEach(async (context) => {
  await page?.close();
  ({ psid } = local.emulator.addPerson({ name: `Khách ${context.task.id}` }));
  page = await browser.newPage({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  await page.goto(`${local.emulator.url}/#${psid}`);
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

const answers = (to: string): Locator =>
  page
    .getByTestId('log')
    .locator('[data-direction="in"]')
    .filter({ hasText: `Bạn vừa nói: "${to}"` });

const deliveries = (): Locator => page.getByTestId('delivery');
/** Of the line of time, those calls that said something. */
const sends = (): Locator => page.getByTestId('call').filter({ hasText: 'text' });

describeInBrowser('the line of time', () => {
  it('has the delivery and the call it led to, one under the other', async () => {
    await say('xin chào');
    await answers('xin chào').waitFor();
    await sends().first().waitFor();
    const entries = page.getByTestId('timeline').locator('> li');
    const kinds = await entries.evaluateAll((items) =>
      items.map((item) => item.getAttribute('data-testid')),
    );
    expect(kinds.indexOf('delivery')).toBe(0);
    expect(kinds.indexOf('call')).toBeGreaterThan(0);
    expect(await deliveries().first().innerText()).toMatch(/messages[^]*200/);
    expect(await sends().first().innerText()).toMatch(/POST \/…0001\/messages text[^]*200/);
  });

  it('opens to the raw delivery with its signature, and to what was called and answered', async () => {
    await say('mở ra xem');
    await sends().first().waitFor();
    await deliveries().first().getByRole('button').first().click();
    const known = local.emulator.state.deliveries.find(({ events }) =>
      events.some((event) => event.psid === psid),
    );
    const delivery = deliveries().first();
    expect(await delivery.locator('code.signature').innerText()).toBe(known?.signature);
    expect(await json(delivery, 'Delivery as sent')).toEqual(JSON.parse(known?.body ?? ''));

    const send = sends().first();
    await send.getByRole('button').first().click();
    expect(await json(send, 'Parameters')).toMatchObject({
      recipient: { id: psid },
      message: { text: 'Bạn vừa nói: "mở ra xem"' },
    });
    expect(await json(send, 'Response')).toMatchObject({ recipient_id: psid });
  });

  it('replays a delivery, which the bot takes and answers no second time', async () => {
    await say('chỉ một lần');
    await answers('chỉ một lần').waitFor();
    await deliveries().first().getByRole('button').first().click();
    await page.getByTestId('replay').first().click();
    const replayed = deliveries().filter({ has: page.locator('.mark.replayed') });
    await replayed.locator('.code', { hasText: '200' }).waitFor();
    // What is said after it is answered after it: had the replay an answer, it would be there.
    await say('sau đó');
    await answers('sau đó').waitFor();
    expect(await answers('chỉ một lần').count()).toBe(1);
  });
});

describeInBrowser('a fault', () => {
  beforeEach(() => page.getByTestId('tab-faults').click());

  it('of the form: the next two calls fail with 503, and the answer comes all the same, once', async () => {
    const form = page.getByTestId('fault-form');
    await form.getByLabel('Kind').selectOption('server-error');
    await form.getByLabel('Status').fill('503');
    await form.getByLabel('Times').fill('2');
    await form.getByLabel('API', { exact: true }).fill('messages');
    await form.getByLabel('For').selectOption('person');
    await form.getByRole('button', { name: 'Inject the fault' }).click();
    const active = page.getByTestId('faults').locator('.active-fault');
    expect(await active.innerText()).toMatch(/API fails with 5xx[^]*Hits: 0 · 2 left/);

    await say('gặp lỗi');
    await active.getByText('Hits: 1 · 1 left').waitFor();
    await answers('gặp lỗi').waitFor();
    // It is used up: nothing is wrong any more.
    await active.waitFor({ state: 'detached' });
    await page.getByTestId('tab-timeline').click();
    const failed = page.getByTestId('call').filter({ hasText: '503' });
    expect(await failed.getByText('fault', { exact: true }).count()).toBe(2);
    await say('còn đó không');
    await answers('còn đó không').waitFor();
    expect(await answers('gặp lỗi').count()).toBe(1);
  });

  it('at one click: the connection ends after the call took effect, which says it once', async () => {
    await page.getByRole('button', { name: 'Reset after it took effect' }).click();
    await page.getByText('Hits: 0 · 1 left').waitFor();
    await say('đứt kết nối');
    await answers('đứt kết nối').waitFor();
    await page.getByText('No faults. All is calm.').waitFor();
    await page.getByTestId('tab-timeline').click();
    await page.getByTestId('call').getByText('reset', { exact: true }).waitFor();
    await say('nối lại');
    await answers('nối lại').waitFor();
    expect(await answers('đứt kết nối').count()).toBe(1);
  });

  it('without an end holds until it is removed', async () => {
    const form = page.getByTestId('fault-form');
    await form.getByLabel('Times').fill('');
    await form.getByLabel('For').selectOption('person');
    await form.getByRole('button', { name: 'Inject the fault' }).click();
    await page.getByText('until removed').waitFor();
    await say('chưa được');
    await page.getByText(/Hits: [1-9]/).waitFor();
    expect(await answers('chưa được').count()).toBe(0);
    await page.getByRole('button', { name: 'Remove: API fails with 5xx' }).click();
    await answers('chưa được').waitFor();
  });
});

/** What is shown under that title, read as JSON. */
async function json(entry: Locator, title: string): Promise<unknown> {
  return JSON.parse(await entry.getByLabel(title, { exact: true }).innerText()) as unknown;
}
