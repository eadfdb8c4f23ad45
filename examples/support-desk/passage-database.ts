import type { PassageDatabase } from '@bot/nlp/model';
import { PGlite } from '@electric-sql/pglite';
import { Pool } from 'pg';

/** A dead database must not hold up an answer. */
const TIME_LIMIT_MS = 1_000;

/**
 * PostgreSQL when that is what the address names; else one inside of the process, in memory: the pages
 * are read from their folder at each start, so nothing is lost with it.
 */
export function openPassageDatabase(url: string): PassageDatabase & { close(): Promise<void> } {
  if (!url.startsWith('postgres')) return new PGlite();
  const pool = new Pool({
    connectionString: url,
    connectionTimeoutMillis: TIME_LIMIT_MS,
    query_timeout: TIME_LIMIT_MS,
  });
  // What breaks while nobody asks is told to whoever asks next.
  pool.on('error', () => {});
  return {
    query: (text, parameters) => pool.query(text, parameters),
    close: () => pool.end(),
  };
}
