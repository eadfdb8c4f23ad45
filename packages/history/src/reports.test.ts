import { createManualClock } from '@bot/queue/testing';
import { systemClock } from '@bot/queue';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { openDatabase, type HistoryDatabase, type Statements } from './database.ts';
import { HistoryError } from './errors.ts';
import { databases, useHistory } from './history.test-setup.ts';
import { createReports } from './reports.ts';

const count = (statements: Statements) =>
  statements.rows<{ found: number }>(
    sql`select count(*)::int as found from bot_history.insights_messages`,
  );

describe.each(databases)('reports on %s', (kind) => {
  const own = useHistory(kind);
  const setUp = (timeLimitMs = 10_000) =>
    createReports({ database: own.database, clock: systemClock, timeLimitMs });

  it('find views that no writer has made yet', async () => {
    await own.database.rows(sql`drop schema bot_history cascade`);
    expect(await setUp().read(count)).toEqual([{ found: 0 }]);
  });

  it('change nothing', async () => {
    const reports = setUp();
    const answer = await reports.read((statements) =>
      statements.rows(sql`delete from bot_history.messages`),
    );
    // 25006: a transaction that may only read.
    expect(answer).toEqual({ kind: 'unavailable', reason: expect.stringContaining('25006') });
    expect(await reports.read(count)).toEqual([{ found: 0 }]);
  });

  it('say that the tables are a newer version’s', async () => {
    await own.database.rows(sql`
      insert into bot_history.migrations (hash, created_at) values ('x', 9999999999999)`);
    expect(await setUp().read(count)).toEqual({
      kind: 'unavailable',
      reason: expect.stringContaining('newer'),
    });
  });
});

it('reports say at once that nobody listens', async () => {
  const database = openDatabase({ url: 'postgres://a:geheim@127.0.0.1:9/db' });
  const answer = await createReports({ database, clock: systemClock }).read(count);
  await database.close();
  expect(answer).toEqual({ kind: 'unavailable', reason: expect.stringContaining('ECONNREFUSED') });
  expect(JSON.stringify(answer)).not.toContain('geheim');
});

describe('reports on a slow PostgreSQL', () => {
  const own = useHistory('PostgreSQL');

  it('are ended by the database itself, and other connections do not notice', async () => {
    const reports = createReports({
      database: own.database,
      clock: systemClock,
      timeLimitMs: 1_000,
    });
    const slow = reports.read((statements) => statements.rows(sql`select pg_sleep(60)`));
    expect(await own.history.conversation({ pageId: '1', psid: '2' }).last(1)).toMatchObject({
      kind: 'found',
    });
    expect(await slow).toMatchObject({ kind: 'unavailable' });
    const active = async () =>
      own.database.rows(sql`
        select pid from pg_stat_activity where state = 'active' and query like '%pg_sleep(60)%'
          and pid <> pg_backend_pid()`);
    await expect.poll(active).toEqual([]);
  });
});

describe('reports on a database that is told what to answer', () => {
  function setUp(answer: () => Promise<unknown[]>) {
    const clock = createManualClock(1_000_000);
    const asked: string[] = [];
    const database = {
      migrate: async () => {},
      transaction: (run: (inner: object) => unknown) => run({ rows: answer }),
    } as unknown as HistoryDatabase;
    const reports = createReports({ database, clock });
    const read = (name: string) =>
      reports.read(async (statements) => {
        asked.push(name);
        return statements.rows(sql`select 1`);
      });
    return { clock, asked, read };
  }

  it('come one at a time', async () => {
    const first = Promise.withResolvers<unknown[]>();
    let answered = 0;
    const { asked, read } = setUp(() =>
      (answered += 1) === 1 ? first.promise : Promise.resolve([]),
    );
    const reading = [read('one'), read('two')];
    await expect.poll(() => asked).toEqual(['one']);
    first.resolve([]);
    await Promise.all(reading);
    expect(asked).toEqual(['one', 'two']);
  });

  it('are waited for no longer than the limit, also by who has not had a turn', async () => {
    const { clock, asked, read } = setUp(() => new Promise(() => {}));
    const reading = [read('one'), read('two')];
    await clock.advance(5_000);
    expect(await Promise.all(reading)).toEqual([
      expect.objectContaining({ kind: 'unavailable' }),
      expect.objectContaining({ kind: 'unavailable' }),
    ]);
    expect(asked).toEqual(['one']);
    // At once, as long as it is likely to be the same.
    expect(await read('three')).toMatchObject({ kind: 'unavailable' });
  });

  it('are tried again after a failure', async () => {
    let answered = 0;
    const { read } = setUp(async () => {
      if ((answered += 1) === 1) throw new HistoryError('away', 'ECONNREFUSED');
      return [];
    });
    expect(await read('one')).toEqual({ kind: 'unavailable', reason: 'ECONNREFUSED' });
    expect(await read('two')).toEqual([]);
  });
});
