import { describe, expect, it } from 'vitest';
import type { BudgetStore } from '../budget-store.ts';

/** Holds a store to what every store of budgets promises. */
export function keepsTheContract(open: () => BudgetStore): void {
  const today = '2026-11-26';
  const spend = (
    store: BudgetStore,
    amounts: Readonly<Record<string, number>>,
    day = today,
  ): Promise<string | undefined> =>
    store.spend(
      day,
      Object.entries(amounts).map(([name, amount]) => ({ name, amount, limit: 100 })),
    );

  describe('as every store of budgets', () => {
    it('lets be spent up to the limit and no more', async () => {
      const store = open();
      expect(await spend(store, { ann: 60 })).toBeUndefined();
      expect(await spend(store, { ann: 41 })).toBe('ann');
      expect(await spend(store, { ann: 40 })).toBeUndefined();
      expect(await spend(store, { ann: 1 })).toBe('ann');
      expect(await spend(store, { ann: 0 })).toBeUndefined();
    });

    it('adds all sums or none, and names the first that is too much', async () => {
      const store = open();
      await spend(store, { all: 90 });
      expect(await spend(store, { ann: 50, all: 50, bình: 200 })).toBe('all');
      expect(await spend(store, { ann: 100, all: 10 })).toBeUndefined();
    });

    it('gives back what was not needed, and takes what was not foreseen', async () => {
      const store = open();
      await spend(store, { ann: 100, all: 10 });
      await store.settle(today, [
        { name: 'ann', amount: -70 },
        { name: 'all', amount: 500 },
      ]);
      expect(await spend(store, { ann: 71 })).toBe('ann');
      expect(await spend(store, { ann: 70 })).toBeUndefined();
      expect(await spend(store, { all: 0 })).toBe('all');
    });

    it('keeps days apart', async () => {
      const store = open();
      await spend(store, { ann: 100 });
      expect(await spend(store, { ann: 100 }, '2026-11-27')).toBeUndefined();
      expect(await spend(store, { ann: 1 })).toBe('ann');
    });

    it('lets only as many through as fit when many spend at once', async () => {
      const store = open();
      const spent = await Promise.all(Array.from({ length: 30 }, () => spend(store, { all: 9 })));
      expect(spent.filter((over) => over === undefined)).toHaveLength(11);
    });
  });
}
