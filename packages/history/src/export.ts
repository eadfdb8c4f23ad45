import { sql } from 'drizzle-orm';
import type { Row, Statements } from './database.ts';
import { messageColumns, messageTables, toMessage, type HistoryMessage } from './message.ts';
import type { Person } from './person.ts';

const AT_ONCE = 500;

/**
 * All that is kept of a person, the oldest first, each as a line of JSON. It reads as it is asked, so
 * whoever stops has read no more.
 *
 * @throws {HistoryError} when the database does not answer.
 */
export async function* exportPerson(
  database: Statements,
  { pageId, psid }: Person,
): AsyncGenerator<string, void, undefined> {
  let place: { readonly at: number; readonly id: string } | undefined;
  for (;;) {
    const rows: (HistoryMessage & Row)[] = await database.rows(sql`
      select ${messageColumns} from ${messageTables}
      where m.page_id = ${pageId} and m.psid = ${psid} ${
        place === undefined
          ? sql``
          : sql`and (m.at, m.id) > (to_timestamp(${place.at}::float8 / 1000.0), ${place.id}::bigint)`
      }
      order by m.at, m.id limit ${AT_ONCE}`);
    for (const row of rows) yield JSON.stringify(toMessage(row));
    place = rows.at(-1);
    if (rows.length < AT_ONCE) return;
  }
}
