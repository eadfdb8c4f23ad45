import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, type PostgresServer } from '@bot/dev';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { databaseUrlRule, openDatabase, type HistoryDatabase } from './database.ts';
import { HistoryError } from './errors.ts';

let postgres: PostgresServer;
const open: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  postgres = await startPostgres({ settings: ['fsync=off'] });
});

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

afterAll(() => postgres.close());

function openOne(url: string): HistoryDatabase {
  const database = openDatabase({ url, connectTimeoutMs: 1_000 });
  open.push(() => database.close());
  return database;
}

async function failureOf(promise: Promise<unknown>): Promise<HistoryError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(HistoryError);
  return error as HistoryError;
}

describe('an address', () => {
  it.each(['postgres://a:b@host/db', 'postgresql://host:5432/db', 'file:./history', 'memory:'])(
    'may be %s',
    (url) => expect(databaseUrlRule(url)).toBeUndefined(),
  );

  it.each(['', 'mysql://secret@host/db', 'postgres:', 'file:', './folder'])(
    'that is "%s" is refused without being repeated',
    (url) => {
      expect(() => openDatabase({ url })).toThrow(
        /^The address of the history's database must be postgres:\/\/user:password@host/,
      );
      expect(() => openDatabase({ url })).not.toThrow(/secret/);
    },
  );
});

describe('a database that cannot be used', () => {
  it.each([
    ['nobody listens', (url: URL) => void (url.port = '9'), 'ECONNREFUSED'],
    ['the password is wrong', (url: URL) => void (url.password = 'geheim'), '28P01'],
    ['there is no such database', (url: URL) => void (url.pathname = '/other'), '3D000'],
  ])('because %s says so', async (_why, change, code) => {
    const url = new URL(postgres.url);
    change(url);
    const { kind, message } = await failureOf(openOne(url.href).migrate());
    expect(kind).toBe('away');
    expect(message).toContain(code);
    expect(message).toContain('DATABASE_URL');
    expect(message).not.toContain(url.password);
  });

  it('because its tables are a newer version’s is left alone', async () => {
    const database = openOne(postgres.url);
    await database.migrate();
    await database.rows(
      sql`insert into bot_history.migrations (hash, created_at) values ('x', 9999999999999)`,
    );
    const { kind, message } = await failureOf(openOne(postgres.url).migrate());
    expect(kind).toBe('schema');
    expect(message).toContain('newer version of @bot/history');
    await database.rows(sql`drop schema bot_history cascade`);
  });

  it('because its user may not make tables says what it needs', async () => {
    const database = openOne(postgres.url);
    await database.rows(sql`create user few password 'few'`);
    const url = new URL(postgres.url);
    [url.username, url.password] = ['few', 'few'];
    const { kind, message } = await failureOf(openOne(url.href).migrate());
    expect(kind).toBe('schema');
    expect(message).toContain('42501');
  });

  it('tells nothing of what should be written', async () => {
    const database = openOne(postgres.url);
    const value = 'a person’s words';
    const failures = [
      await failureOf(database.rows(sql`select ${value}::int`)),
      await failureOf(database.rows(sql`select ${value} from nothing`)),
    ];
    expect(failures.map(({ kind }) => kind)).toEqual(['refused', 'schema']);
    for (const failure of failures) expect(failure.message).not.toContain('words');
  });
});

it('makes its tables once, however many processes begin at once', async () => {
  const databases = Array.from({ length: 4 }, () => openOne(postgres.url));
  await Promise.all(databases.map((database) => database.migrate()));
  const [database] = databases;
  const files = (await readdir(new URL('./migrations', import.meta.url))).filter((name) =>
    name.endsWith('.sql'),
  );
  expect(await database?.rows(sql`select count(*)::int as n from bot_history.migrations`)).toEqual([
    { n: files.length },
  ]);
});

describe('an embedded database', () => {
  it('keeps its rows in its folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'history-'));
    open.push(() => rm(folder, { recursive: true }));
    const url = `file:${join(folder, 'new', 'history')}`;
    const first = openDatabase({ url });
    await first.migrate();
    await first.rows(sql`insert into bot_history.streams (name) values ('được')`);
    await first.close();
    await first.close();
    const second = openOne(url);
    await second.migrate();
    expect(await second.rows(sql`select name from bot_history.streams`)).toEqual([
      { name: 'được' },
    ]);
  });

  it('goes on after a client that broke off within a transaction', async () => {
    const database = openOne('memory:');
    await database.migrate();
    const insert = sql`insert into bot_history.streams (name) values ('a')`;
    const broken = database.transaction(async (transaction) => {
      await transaction.rows(insert);
      throw new Error('over');
    });
    expect((await failureOf(broken)).kind).toBe('away');
    expect(await database.rows(sql`select * from bot_history.streams`)).toEqual([]);
  });

  it('that cannot be opened says so, each time', async () => {
    const database = openOne('file:/dev/null/history');
    for (const _ of [1, 2]) expect((await failureOf(database.migrate())).kind).toBe('away');
  });
});
