import { hash } from 'node:crypto';
import type { Clock } from '@bot/handlers';
import type { BudgetStore, LimitedSpending, Spending } from './budget-store.ts';
import { ModelFailure } from './failure.ts';

/** What may be spent in a day; one of both at least. */
export interface Allowance {
  /** Of the prompt and of the answer together. */
  readonly tokens?: number;
  /** Dollars; needs `prices`. */
  readonly usd?: number;
}

/** What the provider asks for. */
export interface Prices {
  readonly usdPerMillionInputTokens: number;
  readonly usdPerMillionOutputTokens: number;
}

/** What calls may cost. */
export interface BudgetOptions {
  readonly store: BudgetStore;
  readonly clock: Pick<Clock, 'now'>;
  /** Whose midnight begins a day, such as `Asia/Ho_Chi_Minh`. */
  readonly timeZone: string;
  /** Of everybody together. */
  readonly perDay: Allowance;
  /** Of each person who talks to a Page. */
  readonly perPersonPerDay: Allowance;
  readonly prices?: Prices;
}

/** Tokens of one call or several. */
export interface TokenCount {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What a call may cost was set aside. */
export interface Reserve {
  /** Puts what it did cost in the place of what was set aside. */
  settle(tokens: TokenCount): Promise<void>;
}

/** Keeps a day's calls within what they may cost. */
export interface Budget {
  /**
   * Sets aside what a call may cost at the most.
   *
   * @throws {ModelFailure} `over-budget-person`, `over-budget-day`; `budget-store` when it cannot be
   *   known: then nothing may be asked.
   */
  reserve(conversation: string, most: TokenCount): Promise<Reserve>;
}

/**
 * A budget per day and per person. In the store a person is a hash of the conversation's id.
 *
 * @throws {RangeError} for a limit that is missing, below 0 or in dollars without prices, and for a
 *   time zone that does not exist.
 *
 * @example
 * const budget = createBudget({
 *   store: createRedisBudgetStore({ redis }),
 *   clock,
 *   timeZone: 'Asia/Ho_Chi_Minh',
 *   perDay: { usd: 20 },
 *   perPersonPerDay: { tokens: 50_000 },
 *   prices: { usdPerMillionInputTokens: 0.25, usdPerMillionOutputTokens: 2 },
 * });
 */
export function createBudget(options: BudgetOptions): Budget {
  const { store, clock, timeZone, perDay, perPersonPerDay, prices } = options;
  check('perDay', perDay, prices);
  check('perPersonPerDay', perPersonPerDay, prices);
  // Of the formats that it writes, the Swedish one is ISO 8601.
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });

  /** What is bounded, with what a number of tokens counts there. */
  function counters(conversation: string, tokens: TokenCount): LimitedSpending[] {
    const person = hash('sha256', conversation, 'hex').slice(0, 32);
    const amounts = [
      ['tokens', tokens.inputTokens + tokens.outputTokens, 1],
      ['usd', microUsd(tokens, prices), 1_000_000],
    ] as const;
    const owners = [
      [person, perPersonPerDay],
      [EVERYBODY, perDay],
    ] as const;
    return owners.flatMap(([owner, allowance]) =>
      amounts.flatMap(([unit, amount, parts]) => {
        const limit = allowance[unit];
        return limit === undefined
          ? []
          : [{ name: `${owner}:${unit}`, amount, limit: Math.floor(limit * parts) }];
      }),
    );
  }

  return {
    async reserve(conversation, most) {
      const today = day.format(clock.now());
      const reserved = counters(conversation, most);
      const over = await store.spend(today, reserved).catch(() => {
        throw new ModelFailure('budget-store');
      });
      if (over !== undefined) {
        const isOfAll = over.startsWith(`${EVERYBODY}:`);
        throw new ModelFailure(isOfAll ? 'over-budget-day' : 'over-budget-person');
      }
      return {
        async settle(tokens) {
          const changes = counters(conversation, tokens).map(
            ({ name, amount }, index): Spending => ({
              name,
              amount: amount - (reserved[index]?.amount ?? 0),
            }),
          );
          await store.settle(today, changes);
        },
      };
    },
  };
}

const EVERYBODY = 'all';

/** A price in dollars for a million tokens is the price of one in millionths of a dollar. */
function microUsd({ inputTokens, outputTokens }: TokenCount, prices?: Prices): number {
  if (prices === undefined) return 0;
  const { usdPerMillionInputTokens, usdPerMillionOutputTokens } = prices;
  return Math.ceil(
    inputTokens * usdPerMillionInputTokens + outputTokens * usdPerMillionOutputTokens,
  );
}

function check(name: string, { tokens, usd }: Allowance, prices?: Prices): void {
  if (tokens === undefined && usd === undefined) {
    throw new RangeError(`${name} must have a limit in tokens or in usd.`);
  }
  if (usd !== undefined && prices === undefined) {
    throw new RangeError(`${name} has a limit in usd: prices must say what a token costs.`);
  }
  for (const [unit, limit] of Object.entries({ tokens, usd })) {
    if (limit !== undefined && !(limit >= 0 && limit < Number.MAX_SAFE_INTEGER)) {
      throw new RangeError(`${name}.${unit} must be a number of at least 0, got ${limit}.`);
    }
  }
}
