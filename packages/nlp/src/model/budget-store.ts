/** A sum under a name: whole tokens, or whole millionths of a dollar. */
export interface Spending {
  readonly name: string;
  /** Negative to give back. */
  readonly amount: number;
}

/** A sum that must not pass a limit. */
export interface LimitedSpending extends Spending {
  readonly limit: number;
}

/** Where it is kept what was spent on a day; each method is one atomic step. */
export interface BudgetStore {
  /**
   * Adds all sums, or none when any would pass its limit.
   *
   * @param day Such as `2026-11-26`; kept for two days at least, for calls that end after midnight.
   * @returns The name of the first that would pass its limit, if any.
   */
  spend(day: string, spendings: readonly LimitedSpending[]): Promise<string | undefined>;
  /** Adds what was not foreseen, over any limit, and gives back what was not needed. */
  settle(day: string, spendings: readonly Spending[]): Promise<void>;
}
