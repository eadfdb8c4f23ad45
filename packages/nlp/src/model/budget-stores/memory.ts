import type { BudgetStore, Spending } from '../budget-store.ts';

/**
 * Budgets in this process's memory: for tests, and for bots that run as one process. What was spent
 * is forgotten when it ends.
 *
 * @example
 * const store = createMemoryBudgetStore();
 */
export function createMemoryBudgetStore(): BudgetStore {
  const days = new Map<string, Map<string, number>>();

  function of(day: string): Map<string, number> {
    const spent = days.get(day) ?? new Map<string, number>();
    days.set(day, spent);
    const [oldest] = days.keys();
    if (days.size > 2 && oldest !== undefined) days.delete(oldest);
    return spent;
  }

  function add(spent: Map<string, number>, spendings: readonly Spending[]): void {
    for (const { name, amount } of spendings) spent.set(name, (spent.get(name) ?? 0) + amount);
  }

  return {
    async spend(day, spendings) {
      const spent = of(day);
      const over = spendings.find(
        ({ name, amount, limit }) => (spent.get(name) ?? 0) + amount > limit,
      );
      if (over === undefined) add(spent, spendings);
      return over?.name;
    },
    async settle(day, spendings) {
      add(of(day), spendings);
    },
  };
}
