import { createManualClock } from '@bot/queue/testing';
import { describe, expect, it } from 'vitest';
import type { HistoryDatabase } from './database.ts';
import { HistoryError } from './errors.ts';
import { createHistory } from './history.ts';
import { ann } from './history.test-setup.ts';
import { createTurnHistory } from './turn-history.ts';

/** A history whose database answers as it is told. */
function setUp(rows: () => Promise<unknown[]>) {
  const clock = createManualClock(1_000_000);
  let asked = 0;
  const database = {
    rows: () => {
      asked += 1;
      return rows();
    },
  } as unknown as HistoryDatabase;
  const history = createHistory({ database, clock });
  return { clock, history, asked: () => asked };
}

const silent = (): Promise<unknown[]> => new Promise(() => {});
const request = { conversation: ann, event: { id: 'e' }, most: 5 };

describe('a database that does not answer', () => {
  it('is waited for no longer than the limit, by all that is asked', async () => {
    const { clock, history } = setUp(silent);
    const asks = [
      () => history.conversation(ann).last(5),
      () => history.conversation(ann).lastSeen(),
      () => history.conversation(ann).sinceTakeover(),
      () => history.search('giá'),
    ];
    for (const ask of asks) {
      const answer = ask();
      await clock.advance(500);
      expect(await answer).toMatchObject({ kind: 'unavailable' });
      await clock.advance(2_000);
    }
  });

  it('is left alone for a while, so that not every turn waits', async () => {
    const { clock, history, asked } = setUp(silent);
    const first = history.conversation(ann).last(5);
    await clock.advance(500);
    await first;
    expect(await history.conversation(ann).last(5)).toMatchObject({ kind: 'unavailable' });
    expect(asked()).toBe(1);
    await clock.advance(2_000);
    void history.conversation(ann).last(5);
    expect(asked()).toBe(2);
  });

  it('is an empty past to a turn', async () => {
    const refused = setUp(() => Promise.reject(new HistoryError('away', 'ECONNREFUSED')));
    expect(await createTurnHistory(refused.history)(request)).toEqual([]);
    const { clock, history } = setUp(silent);
    const past = createTurnHistory(history)(request);
    await clock.advance(500);
    expect(await past).toEqual([]);
  });
});
