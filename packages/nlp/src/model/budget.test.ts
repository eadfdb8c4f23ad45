import { describe, expect, it } from 'vitest';
import { createBudget, type BudgetOptions } from './budget.ts';
import type { BudgetStore } from './budget-store.ts';
import { createMemoryBudgetStore } from './budget-stores/memory.ts';
import { manualClock } from './mocks.test-setup.ts';

const prices = { usdPerMillionInputTokens: 0.5, usdPerMillionOutputTokens: 4 };

function options(more: Partial<BudgetOptions> = {}): BudgetOptions {
  return {
    store: createMemoryBudgetStore(),
    clock: manualClock(),
    timeZone: 'Asia/Ho_Chi_Minh',
    perDay: { tokens: 1_000 },
    perPersonPerDay: { tokens: 1_000 },
    ...more,
  };
}

describe('a budget', () => {
  it('counts dollars by the prices, each kind of token by its own', async () => {
    const budget = createBudget(options({ perDay: { usd: 0.01 }, prices }));
    // 100 × 0.5 and 900 × 4 millionths of a dollar: 0.00365.
    const most = { inputTokens: 100, outputTokens: 900 };
    await budget.reserve('100:1', most);
    await budget.reserve('100:2', most);
    await expect(budget.reserve('100:3', most)).rejects.toMatchObject({
      reason: 'over-budget-day',
    });
  });

  it('keeps of a person a hash only', async () => {
    const names: string[] = [];
    const memory = createMemoryBudgetStore();
    const store: BudgetStore = {
      ...memory,
      spend(day, spendings) {
        names.push(day, ...spendings.map(({ name }) => name));
        return memory.spend(day, spendings);
      },
    };
    const budget = createBudget(options({ store }));
    await budget.reserve('100:200', { inputTokens: 1, outputTokens: 1 });
    expect(names).toEqual([
      '2026-11-26',
      expect.stringMatching(/^[0-9a-f]{32}:tokens$/),
      'all:tokens',
    ]);
  });

  it.each([
    [{ perDay: {} }, 'perDay must have a limit in tokens or in usd.'],
    [{ perPersonPerDay: { usd: 1 } }, 'perPersonPerDay has a limit in usd: prices must say'],
    [{ perDay: { tokens: -1 } }, 'perDay.tokens must be a number of at least 0, got -1.'],
    [{ perDay: { tokens: Number.NaN } }, 'perDay.tokens must be a number of at least 0, got NaN.'],
    [{ timeZone: 'Saigon' }, 'Invalid time zone'],
  ])('refuses %j', (wrong, message) => {
    expect(() => createBudget(options(wrong))).toThrow(message);
  });
});
