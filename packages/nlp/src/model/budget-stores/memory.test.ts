import { describe, expect, it } from 'vitest';
import { keepsTheContract } from './contract.test-setup.ts';
import { createMemoryBudgetStore } from './memory.ts';

describe('budgets in memory', () => {
  keepsTheContract(createMemoryBudgetStore);

  it('forget the day before yesterday', async () => {
    const store = createMemoryBudgetStore();
    const spend = (day: string): Promise<string | undefined> =>
      store.spend(day, [{ name: 'ann', amount: 100, limit: 100 }]);
    for (const day of ['2026-11-24', '2026-11-25', '2026-11-26']) await spend(day);
    expect(await spend('2026-11-26')).toBe('ann');
    expect(await spend('2026-11-24')).toBeUndefined();
  });
});
