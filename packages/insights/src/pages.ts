import { sql, type Statements } from '@bot/history';

/** Pages to choose from at the most. */
const MOST = 1_000;

/** Ids of the Pages to which people wrote. */
export async function listPages(statements: Statements): Promise<string[]> {
  const rows = await statements.rows<{ page: string }>(sql`
    select page_id as page from bot_history.insights_pages order by 1 limit ${MOST}`);
  return rows.map(({ page }) => page);
}
