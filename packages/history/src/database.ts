import { fileURLToPath } from 'node:url';
import type { SQL } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import { HistoryError, historyErrorOf } from './errors.ts';
import { migrateTables } from './migrations.ts';
import { openPglite } from './pglite.ts';
import type { Statement } from './statement.ts';

/** Where the history is kept, and how it is reached. */
export interface DatabaseOptions {
  /**
   * - `postgres://user:password@host:5432/database`: PostgreSQL 14 or newer; `?sslmode=verify-full`
   *   and what else node-postgres reads of an address.
   * - `file:./folder`: PGlite, which is PostgreSQL inside of this process. Needs
   *   `@electric-sql/pglite`; the folder must be open in one process only.
   * - `memory:`: PGlite that keeps nothing, for tests.
   */
  readonly url: string;
  /** Connections to PostgreSQL at the most. Default 10; PGlite has one. */
  readonly connections?: number;
  /** Time in which a connection must be there. Default 5 s. */
  readonly connectTimeoutMs?: number;
  /**
   * Time without an answer after which a connection is given up: of a host that died without a word.
   * Default 60 s.
   */
  readonly queryTimeoutMs?: number;
}

/** A row, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** Runs statements. */
export interface Statements {
  /**
   * @example
   * await database.rows(sql`select count(*)::int as n from bot_history.messages where page_id = ${pageId}`);
   *
   * @throws {HistoryError}
   */
  rows<Found extends Row>(statement: Statement): Promise<Found[]>;
}

/** Runs statements of which all or none hold. */
export interface Transaction extends Statements {
  /** What is done within is undone when it throws, and the rest goes on. */
  nested<Result>(run: (inner: Transaction) => Promise<Result>): Promise<Result>;
}

/** The database of the history. Connects when it is first asked. */
export interface HistoryDatabase extends Statements {
  /** Throws {@link HistoryError}. */
  transaction<Result>(run: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /**
   * Makes or changes the tables, as this version needs them; two at once do not meet.
   *
   * @throws {HistoryError} of kind `schema` when they are a newer version's.
   */
  migrate(): Promise<void>;
  /** May be called again. */
  close(): Promise<void>;
}

const RULE =
  'must be postgres://user:password@host:5432/database, or file:./folder for the one that is embedded.';

/** What an address must be like, when this one is not; for whoever reads the environment. */
export function databaseUrlRule(url: string): string | undefined {
  if (/^(file:.|memory:)/.test(url)) return undefined;
  return /^postgres(ql)?:\/\/[^/]/.test(url) && URL.canParse(url) ? undefined : RULE;
}

/**
 * Opens the database of the history. The caller closes it, after the writer.
 *
 * @example
 * const database = openDatabase({ url: 'file:./history' });
 *
 * @throws {HistoryError} when the address has none of the forms; the message does not repeat it.
 */
export function openDatabase(options: DatabaseOptions): HistoryDatabase {
  const { url, connections = 10, connectTimeoutMs = 5_000, queryTimeoutMs = 60_000 } = options;
  const rule = databaseUrlRule(url);
  if (rule !== undefined) {
    throw new HistoryError('input', `The address of the history's database ${rule}`);
  }
  const pglite = url.startsWith('postgres') ? undefined : openPglite(folderOf(url));
  const pool = new Pool({
    ...(pglite === undefined
      ? { connectionString: url, max: connections, keepAlive: true }
      : {
          stream: () => pglite.connect(),
          user: 'postgres',
          database: 'postgres',
          max: 1,
        }),
    application_name: 'bot-history',
    // The first of an embedded database takes its time to start.
    connectionTimeoutMillis: pglite === undefined ? connectTimeoutMs : 0,
    idleTimeoutMillis: pglite === undefined ? 30_000 : 0,
    query_timeout: queryTimeoutMs,
    // Whoever hangs with a stream's lock in hand lets go of it.
    idle_in_transaction_session_timeout: queryTimeoutMs,
  });
  // A connection that breaks tells whoever waits for an answer, and by an event everybody else: without
  // a listener that would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const orm = drizzle(pool);
  let closed: Promise<void> | undefined;

  return {
    ...statementsOf(orm),
    transaction: (run) => inTransaction(pool, run),
    migrate: () => inOurWords(() => migrateTables(pool)),
    close: () =>
      (closed ??= (async () => {
        await pool.end();
        await pglite?.close();
      })()),
  };
}

/** A connection that broke off within it is not used again: nobody knows what it still does. */
async function inTransaction<Result>(
  pool: Pool,
  run: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await inOurWords(() => pool.connect());
  let failure: HistoryError | undefined;
  try {
    return await drizzle(client).transaction((inner) =>
      run(transactionOf(inner as NodePgDatabase)),
    );
  } catch (error) {
    failure = historyErrorOf(error);
    throw failure;
  } finally {
    client.release(failure?.kind === 'away');
  }
}

function folderOf(url: string): string {
  if (url.startsWith('memory:')) return 'memory://';
  // `file:///var/history` is an address, `file:./history` is relative to where the process is.
  return url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length);
}

function statementsOf(orm: NodePgDatabase): Statements {
  return {
    rows: <Found extends Row>(statement: Statement) =>
      inOurWords(async () => (await orm.execute(statement as SQL)).rows as unknown as Found[]),
  };
}

function transactionOf(orm: NodePgDatabase): Transaction {
  return {
    ...statementsOf(orm),
    // drizzle makes a savepoint of it.
    nested: (run) =>
      inOurWords(() => orm.transaction((inner) => run(transactionOf(inner as NodePgDatabase)))),
  };
}

async function inOurWords<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw historyErrorOf(error);
  }
}
