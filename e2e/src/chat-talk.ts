import type { Page } from 'playwright-core';

/** What a person does on the chat page. */
export interface ChatTalk {
  /** Clicks what can be tapped, the newest of that name. */
  tap(name: string): Promise<void>;
  say(text: string): Promise<void>;
  /** Waits until the Page has said this; answers how often it has. */
  hears(text: string): Promise<number>;
}

export function createChatTalk(page: Page): ChatTalk {
  return {
    tap: (name) => page.getByRole('button', { name, exact: true }).last().click(),
    async say(text) {
      await page.getByTestId('composer').fill(text);
      await page.getByTestId('composer').press('Enter');
    },
    async hears(text) {
      const answers = page.getByTestId('log').locator('[data-direction="in"]');
      const heard = answers.filter({ hasText: text });
      await heard.last().waitFor({ timeout: 15_000 });
      return heard.count();
    },
  };
}
