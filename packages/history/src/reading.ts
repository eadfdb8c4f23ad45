import type { Clock } from './clock.ts';
import { HistoryError, historyErrorOf } from './errors.ts';

/** The database did not answer, or not in time: there may be a history, and nobody knows. */
export interface Unavailable {
  readonly kind: 'unavailable';
  readonly reason: string;
}

/** Asks the database, and waits for no longer than is good for a turn. */
export type Reading = <Result>(ask: () => Promise<Result>) => Promise<Result | Unavailable>;

/** For so long nobody waits for a database that did not answer in time. */
const REST_MS = 2_000;

/** @throws {HistoryError} of kind `input`: a mistake in what was asked. */
export function createReading(limitMs: number, clock: Pick<Clock, 'now' | 'after'>): Reading {
  let restUntil = -Infinity;

  return async <Result>(ask: () => Promise<Result>): Promise<Result | Unavailable> => {
    if (clock.now() < restUntil) {
      return { kind: 'unavailable', reason: 'The database did not answer a moment ago.' };
    }
    const late = Promise.withResolvers<Unavailable>();
    const cancel = clock.after(limitMs, () => {
      restUntil = clock.now() + REST_MS;
      late.resolve({
        kind: 'unavailable',
        reason: `The database did not answer within ${limitMs} ms.`,
      });
    });
    try {
      return await Promise.race([ask(), late.promise]);
    } catch (error) {
      const failure = historyErrorOf(error);
      if (failure instanceof HistoryError && failure.kind === 'input') throw failure;
      return { kind: 'unavailable', reason: failure.message };
    } finally {
      cancel();
    }
  };
}

/** @throws {HistoryError} with the rule and the value. */
export function assertCount(count: number, most: number): void {
  if (Number.isSafeInteger(count) && count >= 1 && count <= most) return;
  throw new HistoryError('input', `Ask for 1 to ${most} messages, not for ${count}.`);
}
