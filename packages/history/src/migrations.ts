import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { Pool, PoolClient } from 'pg';
import { HistoryError } from './errors.ts';

/** One lock of all that change the tables: any number that nobody else uses. */
const LOCK = 7_115_020_926;

const config = {
  migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)),
  migrationsSchema: 'bot_history',
  migrationsTable: 'migrations',
};

/** Brings the tables to this version, one process after another. */
export async function migrateTables(pool: Pool): Promise<void> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await requireKnown(client);
    await migrate(drizzle(client), config);
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // A connection that is dropped takes its lock with it.
    client.release(failure);
  }
}

/** A version that is older than the tables would write what a newer one does not expect. */
async function requireKnown(client: PoolClient): Promise<void> {
  const { rows: tables } = await client.query<{ found: string | null }>(
    "select to_regclass('bot_history.migrations') as found",
  );
  if (tables[0]?.found === null) return;
  const { rows } = await client.query<{ latest: string | null }>(
    'select max(created_at) as latest from bot_history.migrations',
  );
  const known = Math.max(...readMigrationFiles(config).map(({ folderMillis }) => folderMillis));
  if (Number(rows[0]?.latest ?? 0) <= known) return;
  throw new HistoryError(
    'schema',
    'The tables of the history are those of a newer version of @bot/history: run that one. Until then records wait in Redis.',
  );
}
