import type { BudgetStore } from '../budget-store.ts';

/** What the store needs of Redis; a connection of ioredis fits, to a Cluster as well. */
export interface BudgetRedis {
  /** Runs a Lua script, whose first `keys` arguments are keys. */
  eval(script: string, keys: number, ...args: (string | number)[]): Promise<unknown>;
}

/** Where in Redis budgets are kept. */
export interface RedisBudgetStoreOptions {
  /** Not closed by the store. */
  readonly redis: BudgetRedis;
  /** First part of every key; the day follows. Default `bot:model-budget:`. */
  readonly prefix?: string;
}

const KEPT_MS = 48 * 60 * 60 * 1_000;

/**
 * Budgets in Redis, shared by all processes: a hash a day, gone after two days. Each method is one
 * EVAL about one key.
 *
 * A user of Redis needs `~bot:model-budget:* +eval +hget +hincrby +pexpire`.
 *
 * @example
 * const store = createRedisBudgetStore({ redis: new Redis('redis://localhost:6379') });
 */
export function createRedisBudgetStore(options: RedisBudgetStoreOptions): BudgetStore {
  const { redis, prefix = 'bot:model-budget:' } = options;
  return {
    async spend(day, spendings) {
      const args = spendings.flatMap(({ name, amount, limit }) => [name, amount, limit]);
      const over = await redis.eval(SPEND, 1, prefix + day, KEPT_MS, ...args);
      return spendings[Number(over) - 1]?.name;
    },
    async settle(day, spendings) {
      const args = spendings.flatMap(({ name, amount }) => [name, amount]);
      await redis.eval(SETTLE, 1, prefix + day, KEPT_MS, ...args);
    },
  };
}

/**
 * KEYS[1] the day, ARGV ms for which it is kept, then three values a sum: name, amount, limit.
 * Returns the place of the first sum that would pass its limit, from 1; 0 when all were added.
 */
const SPEND = `
for i = 2, #ARGV, 3 do
  local spent = tonumber(redis.call('HGET', KEYS[1], ARGV[i]) or 0)
  if spent + ARGV[i + 1] > tonumber(ARGV[i + 2]) then
    return (i + 1) / 3
  end
end
for i = 2, #ARGV, 3 do
  redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1])
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 0
`;

/** KEYS[1] the day, ARGV ms for which it is kept, then two values a sum: name, amount. */
const SETTLE = `
for i = 2, #ARGV, 2 do
  redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1])
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
`;
